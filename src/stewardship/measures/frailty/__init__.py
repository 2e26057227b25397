"""Who may belong on the frailty register, found in records, and how many are known of those to be expected."""
