"""Why a nightly file is not loaded."""


class FileError(Exception):
    """A file cannot be used, and nothing of it was; the message says which file, why, and what to do."""
