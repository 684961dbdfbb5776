"""piiscan walks files, finds Japanese personal information in them, and says what to deal with first."""

__version__ = "0.1.0"
