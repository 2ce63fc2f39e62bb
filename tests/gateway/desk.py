# SPDX-License-Identifier: GPL-3.0-or-later
"""A desk and its courier in a few lines, for the tests of the gateway: real keys, real envelopes, real HTTP."""

from __future__ import annotations

import base64
import datetime as dt
import io
import itertools
import os
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.records.operation import FieldValue, Operation, OperationKind
from localdb import object_file
from sync_agent.wire import envelope, reply, request_signature
from sync_agent.wire.enrolment import Enrolment, Registration
from sync_agent.wire.envelope import EnvelopeObject
from sync_agent.wire.reply import ReplyItem

APPLICANT = "Lê Văn Thành"
ID_NUMBER = "038094012745"
ADDRESS = "Thôn Trung Hậu, Xã Hoằng Trung"
PROCEDURE = "1.001193"
PDF = b"%PDF-1.7\n% Gi\xe1\xba\xa5y ch\xe1\xbb\xa9ng sinh c\xe1\xbb\xa7a L\xc3\xaa V\xc4\x83n Th\xc3\xa0nh\n%%EOF\n"
RECEIVED_AT = "2026-11-22T08:30:00+07:00"


@dataclass(frozen=True)
class SealedObject:
    """An object as it lies on a desk's disk."""

    announced: EnvelopeObject
    content: bytes


@dataclass
class DossierAtDesk:
    """Operations of one received dossier, and its objects."""

    dossier_id: str
    code: str
    operations: list[Operation]
    objects: list[SealedObject] = field(default_factory=list)


class Desk:
    """One enrolled workstation."""

    def __init__(self, enrolment: Enrolment) -> None:
        self.enrolment = enrolment
        self.url = enrolment.gateway_urls[0]
        self.signing = Ed25519PrivateKey.generate()
        self.reply_key = X25519PrivateKey.generate()
        self.http = requests.Session()
        self._sequence = itertools.count(1)
        self._number = itertools.count(600 * enrolment.slot + 1)

    @property
    def device_id(self) -> str:
        return self.enrolment.device_id

    def registration(self) -> Registration:
        return Registration(
            self.device_id,
            self.enrolment.one_time_code,
            self.signing.public_key().public_bytes_raw(),
            self.reply_key.public_key().public_bytes_raw(),
        )

    def register(self) -> requests.Response:
        return self.http.post(f"{self.url}/v1/devices", data=self.registration().to_json(), timeout=20)

    def headers(self, method: str, path: str, body: bytes | None = b"", *, at: int | None = None) -> dict[str, str]:
        return request_signature.sign(
            self.signing,
            device_id=self.device_id,
            method=method,
            path=path,
            body=body,
            time=int(time.time()) if at is None else at,
            random_bytes=os.urandom,
        )

    def call(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        signed = self.headers(method, path, None if method == "PATCH" else body)
        return self.http.request(method, self.url + path, data=body, headers={**signed, **(headers or {})}, timeout=20)

    def operation(
        self,
        kind: OperationKind,
        fields: Mapping[str, FieldValue],
        *,
        dossier_id: str,
        record_id: str = "",
        object_ids: Sequence[str] = (),
    ) -> Operation:
        return Operation(
            operation_id=str(uuid.uuid4()),
            device_id=self.device_id,
            device_sequence=next(self._sequence),
            kind=kind,
            record_id=record_id or str(uuid.uuid4()),
            dossier_id=dossier_id,
            base_version=0,
            fields=fields,
            object_ids=tuple(object_ids),
            actor_id="clerk-1",
            at=dt.datetime(2026, 11, 22, 1, 30, tzinfo=dt.UTC),
        )

    def receive_dossier(self, pdfs: Sequence[bytes] = (), **changes: FieldValue) -> DossierAtDesk:
        """What a desk writes when a clerk has received a dossier."""
        dossier_id, person_id = str(uuid.uuid4()), str(uuid.uuid4())
        code = f"{self.enrolment.unit.code}-261122-{next(self._number):04d}"
        fields: dict[str, FieldValue] = {
            "code": code,
            "procedure_code": PROCEDURE,
            "procedure_name": "Đăng ký khai sinh",
            "catalogue_version": "2026.1",
            "state": 2,
            "channel": "counter",
            "applicant_id": person_id,
            "submitter_id": person_id,
            "received_at": RECEIVED_AT,
            "due_at": "2026-11-23T17:00:00+07:00",
            "time_limit_text": "1 ngày làm việc",
            "fee_amount": 0,
            "sets": 1,
            "received_by": "clerk-1",
            "unit_code": self.enrolment.unit.code,
            **changes,
        }
        objects = [seal_object(pdf) for pdf in pdfs]
        operations = [
            self.operation(
                OperationKind.PERSON_RECORDED,
                {"full_name": APPLICANT, "id_number": ID_NUMBER, "address": ADDRESS, "phone": "0912345678"},
                dossier_id=dossier_id,
                record_id=person_id,
            ),
            self.operation(OperationKind.DOSSIER_RECEIVED, fields, dossier_id=dossier_id, record_id=dossier_id),
        ]
        operations += [
            self.operation(
                OperationKind.PAPER_ADDED,
                {
                    "title": f"Giấy chứng sinh {position}",
                    "paper_class": "birth-proof",
                    "confidence": 0.9,
                    "form": "original",
                    "page_count": 1,
                    "requirement_id": f"{PROCEDURE}/01",
                    "object_id": item.announced.object_id,
                    "position": position,
                },
                dossier_id=dossier_id,
                object_ids=[item.announced.object_id],
            )
            for position, item in enumerate(objects)
        ]
        operations.append(
            self.operation(
                OperationKind.HISTORY_ADDED,
                {"at": RECEIVED_AT, "action": "received", "note": ""},
                dossier_id=dossier_id,
            )
        )
        return DossierAtDesk(dossier_id, str(fields["code"]), operations, objects)

    def seal(self, operations: Sequence[Operation], objects: Sequence[SealedObject] = ()) -> bytes:
        return envelope.seal(
            envelope_id=str(uuid.uuid4()),
            device_id=self.device_id,
            commune=self.enrolment.unit.commune_code,
            created_at=dt.datetime.now(dt.UTC),
            operations=operations,
            objects=[item.announced for item in objects],
            recipients=[self.enrolment.gateway_seal_public, self.enrolment.commune_seal_public],
            signer=self.signing,
            random_bytes=os.urandom,
        )

    def send(self, sealed: bytes) -> requests.Response:
        return self.call("POST", "/v1/envelopes", sealed)

    def send_dossier(self, dossier: DossierAtDesk) -> requests.Response:
        return self.send(self.seal(dossier.operations, dossier.objects))

    def begin_upload(self, item: SealedObject) -> requests.Response:
        name = base64.b64encode(item.announced.transport_id.encode()).decode()
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(item.content)),
            "Upload-Metadata": f"transport_id {name}",
        }
        return self.call("POST", "/v1/objects", headers=headers)

    def offset(self, item: SealedObject) -> int:
        path = f"/v1/objects/{item.announced.transport_id}"
        answer = self.call("HEAD", path, headers={"Tus-Resumable": "1.0.0"})
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])

    def append(self, item: SealedObject, offset: int, data: bytes) -> requests.Response:
        return self.call("PATCH", f"/v1/objects/{item.announced.transport_id}", data, self.patch_headers(offset))

    @staticmethod
    def patch_headers(offset: int) -> dict[str, str]:
        return {
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
        }

    def upload(self, item: SealedObject, chunk: int = 524_288) -> None:
        answer = self.begin_upload(item)
        assert answer.status_code in {200, 201}
        offset = int(answer.headers["Upload-Offset"])
        while offset < len(item.content):
            answer = self.append(item, offset, item.content[offset : offset + chunk])
            assert answer.status_code == 204, answer.text
            offset = int(answer.headers["Upload-Offset"])

    def news(self, after: int = 0) -> list[ReplyItem]:
        """All of the commune's feed after a position, page by page."""
        found: list[ReplyItem] = []
        while True:
            answer = self.call("GET", f"/v1/replies?after={after}&limit=7")
            if answer.status_code == 204:
                return found
            assert answer.status_code == 200, answer.text
            opened = reply.unseal(
                answer.content, private_key=self.reply_key, sign_public=self.enrolment.gateway_sign_public
            )
            assert opened.header.after == after
            found += opened.items
            after = opened.header.upto

    def wait_for(self, wanted: Callable[[list[ReplyItem]], bool], seconds: float = 20) -> list[ReplyItem]:
        """Ask for news until it holds what is wanted."""
        deadline = time.monotonic() + seconds
        while not wanted(news := self.news()):
            assert time.monotonic() < deadline, news
            time.sleep(0.02)
        return news


def seal_object(content: bytes) -> SealedObject:
    """Seal some content as a desk's object store does."""
    object_id, file_key, out = os.urandom(32).hex(), os.urandom(32), io.BytesIO()
    seal = object_file.seal(content, object_id, file_key, out)
    announced = EnvelopeObject(
        object_id=object_id,
        transport_id=seal.transport_id,
        sealed_size=seal.sealed_size,
        path=f"{object_id[:2]}/{object_id}.enc",
        file_key=file_key,
        plaintext_size=seal.plaintext_size,
        media_type="application/pdf",
    )
    return SealedObject(announced, out.getvalue())
