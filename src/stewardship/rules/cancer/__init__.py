"""Cancer waiting times of England as rules: routes, three clocks, shares of providers, the backlog.

Source: NHS England, National cancer waiting times monitoring dataset guidance, v12.1; the rules R1 to R11 of
docs/cancer-waiting-times.md. The way in is `judge(pathway, as_of=...)`, which gives a `Judgement`.
"""
