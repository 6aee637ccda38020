"""Events a second that the audit log is looked over with, hash by hash: prints JSON.

``python -m scripts.benching.proof``
"""

import json
import time

import django


def main() -> None:
    django.setup()
    from alongside.audit import queries  # noqa: PLC0415

    events, begun = 0, time.perf_counter()
    for agency in queries.agencies_with_events():
        head, findings = queries.head_of(agency), queries.verify(agency)
        if head is None or findings:
            raise SystemExit(f"The log is not whole: {findings[:3]}")
        events += head.seq
    print(json.dumps({"events": events, "seconds": time.perf_counter() - begun}))


if __name__ == "__main__":
    main()
