"""What cards, cameras and the center say in these tests."""

from collections.abc import Mapping
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
JPEG = b"\xff\xd8\xff picture of a household book"
OUYANG: Mapping[str, Any] = {
    "kind": "citizen",
    "name": "欧阳测试",
    "sex": "male",
    "nation": "汉",
    "nation_code": "01",
    "birth_date": "1899-03-07",
    "address": "浙江省瑞安市测试路1号",
    "number": "330381189903070015",
    "authority": "瑞安市公安局",
    "valid_from": "2020-01-01",
    "valid_to": None,
    "newest_address": None,
    "photo": {"wlt_sha256": "00"},
    "warnings": [],
}
RECORD = {
    "status": "found",
    "data": {
        "area": "瑞安市",
        "employer": "瑞安市测试单位",
        "from": "2025-12",
        "to": "2026-11",
        "months": {"pension": 12, "medical": 12, "unemployment": 12, "injury": 12, "maternity": 0},
    },
    "rows": [],
    "source": "示例",
    "message": None,
}
ISSUED = {
    "outcome": "issued",
    "message": {"zh": "证明已出具", "en": "The certificate is issued"},
    "rows": [{"label": {"zh": "姓名", "en": "Name"}, "value": {"zh": "欧阳测试", "en": "欧阳测试"}}],
    "sample": "示例",
    "verify_code": "A1B2C3",
    "verify_url": "http://127.0.0.1:8700/verify/A1B2C3",
    "pdf_sha256": "0" * 64,
}
