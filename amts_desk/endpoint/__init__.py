"""The local endpoint of "Offline practice": S3, STS and IAM by moto, Amazon Translate by ourselves.

    process ─starts─► server ─► gate ─► moto ─► moto_translate ─► service ─► parallel_data, jobs ─► engine
                         └──── snapshot: everything it knows, in one folder

The core (service and below) knows nothing of moto or HTTP; everything it needs stands in `surroundings`.
"""
