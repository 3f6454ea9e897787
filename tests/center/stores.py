"""An S3-compatible store of the tests' own, on a loopback port."""

import logging
import os

import boto3
from moto.server import ThreadedMotoServer

KEYS = {"AWS_ACCESS_KEY_ID": "center", "AWS_SECRET_ACCESS_KEY": "not a secret"}
_REGION = "us-east-1"


class ObjectStore:
    """`new_bucket` gives the address for --blobs; `on_disk` all that lies in it."""

    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        os.environ.update(KEYS)  # what an operator puts into the unit's EnvironmentFile
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self._server.start()
        host, port = self._server.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"
        self._client = boto3.client("s3", endpoint_url=self.endpoint, region_name=_REGION)
        self._buckets = 0

    def new_bucket(self) -> str:
        self._buckets += 1
        self._client.create_bucket(Bucket=f"center{self._buckets}")
        return f"s3://center{self._buckets}/cases?endpoint={self.endpoint}"

    def rots(self, address, sha256):
        """The store gives back other bytes under that name."""
        bucket = address.removeprefix("s3://").partition("/")[0]
        self._client.put_object(Bucket=bucket, Key=f"cases/{sha256[:2]}/{sha256}", Body=b"rotten")

    def stop(self):
        self._client.close()
        self._server.stop()
