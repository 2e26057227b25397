"""What the residents of a batch use: every contact with health and social care, as partners send it.

`prepared` works out the scales of a plan once; `use_of` makes the contacts of a batch, and tells what was planted in
them.
"""

from stewardship.synthetic.use.making import Prepared, prepared, use_of

__all__ = ["Prepared", "prepared", "use_of"]
