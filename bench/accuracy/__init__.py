"""The open accuracy corpus: what it holds, who is measured on it, and what is said of the result.

The corpus shares no table and no code with the detector: names, streets, domains, labels and the arithmetic of check
digits are its own, so that an error of the one is not repeated by the other.
"""
