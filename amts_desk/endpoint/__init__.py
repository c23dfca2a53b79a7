"""The local endpoint of "Offline practice": S3, STS and IAM by moto, Amazon Translate by ourselves.

    process ─starts─► server ─► gate ─► faults ─► moto ─► moto_translate ─► service ─┬─► parallel_data ─► tables, tmx
                         │       (key, origin, owner)     contents: bytes on disk    ├─► terminology ─► terms
                         │                                                           ├─► jobs ─► job_request ─► roles
                         └──── snapshot: everything it knows, in one folder          └─► realtime, tags      ─► engine

The core (service and below) knows nothing of moto or HTTP; everything it needs stands in `surroundings`. Faults for
tests and practice: see `faults`.
"""
