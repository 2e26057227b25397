"""The `stewardship` command."""


def main() -> None:
    """Run the command line."""
