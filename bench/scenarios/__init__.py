"""Eight shares as they have leaked in Japan, with invented people: what is made is known exactly, and what is found too.

The people come from the words and numbers of the accuracy corpus, which shares nothing with the detector.
"""
