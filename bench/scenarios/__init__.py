"""Eight shares as they have leaked in Japan, with invented people: what stands in them is known exactly.

The people come from the words and numbers of the accuracy corpus, which shares nothing with the detector.
"""
