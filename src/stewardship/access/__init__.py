"""The access log: who looked at, changed or was refused what about whom; append-only, chained and sealed."""
