"""What a fuzzer thinks of, given to every extractor and to the detector: see scripts/fuzz."""
