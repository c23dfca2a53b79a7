"""Amazon S3, STS and Translate: the only package that imports boto3."""
