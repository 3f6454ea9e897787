"""What stands on the device desk, as data: panels, their buttons and choices, and words for the states of the twins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Words:
    zh: str
    en: str


@dataclass(frozen=True)
class Push:
    """A button: one verb with fixed arguments. `needs` names an input of its row, given under that argument."""

    words: Words
    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    takes: str = ""  # argument that the row's choice or text fills
    strong: bool = False
    flat: bool = False  # one line high
    twin: str = ""  # another twin than the panel's


@dataclass(frozen=True)
class Row:
    """Buttons side by side, after a choice (whose items the twin's state lists under `choices`) or a text."""

    pushes: tuple[Push, ...]
    choices: str = ""  # key of the state
    text: Words | None = None
    file: Words | None = None  # a picture may be chosen into the text


@dataclass(frozen=True)
class Fact:
    """A value of the state, in words."""

    key: str
    words: Words
    values: Mapping[Any, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Panel:
    twin: str
    words: Words
    facts: tuple[Fact, ...]
    rows: tuple[Row, ...]
    receipt: bool = False  # shows the picture under `latest`


YES_NO = {True: Words("已连接", "plugged in"), False: Words("已拔出", "unplugged")}
NOTHING = {None: Words("无", "none"), "": Words("无", "none"), "none": Words("无", "none")}
CABLE = Row(
    (Push(Words("拔掉电缆", "Pull cable"), "unplug", flat=True), Push(Words("插上电缆", "Plug in"), "plug", flat=True))
)

CHOICES: Mapping[str, Words] = {
    "ceshijia": Words("测试甲（居民）", "citizen"),
    "moved": Words("测试乙（有新地址）", "moved"),
    "ouyang": Words("欧阳测试·阿依古丽（长姓名）", "long name"),
    "expired": Words("测试丙（已过期）", "expired"),
    "unknown_nation": Words("测试丁（未知民族码）", "unknown nation"),
    "wrong_digit": Words("测试戊（校验位错误）", "wrong check digit"),
    "hong_kong": Words("测试己（港澳居住证）", "Hong Kong resident"),
    "foreigner_2017": Words("测试庚（外国人 2017 版）", "foreigner 2017"),
    "foreigner_2023": Words("测试辛（外国人 2023 版）", "foreigner 2023"),
    "rare_name": Words("测试㛃镕（生僻字）", "rare name"),
    "beyond_bmp": Words("测试𬱖𣚣（扩展区生僻字）", "name beyond the BMP"),
    "private_use": Words("测试（自造字）", "private-use character"),
    "no_nation": Words("测试壬（无民族）", "no nation"),
    "not_yet_valid": Words("测试癸（未生效）", "not valid yet"),
    "wrong_birth_date": Words("测试子（出生日期不符）", "wrong birth date"),
    "wrong_sex": Words("测试丑（性别不符）", "wrong sex"),
    "taiwan": Words("测试寅（台湾居住证）", "Taiwan resident"),
    "foreigner_long_name": Words("外国人 2023 版（长姓名）", "foreigner, long name"),
    "empty": Words("空", "empty"),
    "sheet": Words("材料", "sheet"),
    "sheet_cut_off": Words("材料出框", "sheet cut off"),
    "sheet_blurred": Words("材料模糊", "blurred"),
    "dark": Words("太暗", "too dark"),
    "glare": Words("反光", "glare"),
    "face": Words("人脸", "face"),
    "two_faces": Words("两张人脸", "two faces"),
    "far_face": Words("离得太远", "far face"),
    "face_blurred": Words("人脸模糊", "blurred"),
    "code": Words("码", "code"),
    "image": Words("图片", "picture"),
}


def _camera(name: str, choices: str) -> tuple[Row, ...]:
    camera = {"camera": name}
    return (
        Row(
            (
                Push(Words("放到镜头前", "Show"), "show", camera, takes="scene", strong=True),
                Push(Words("盖住镜头", "Cover lens"), "show", {**camera, "scene": "dark"}),
                Push(Words("拿开", "Take away"), "show", {**camera, "scene": "empty"}),
            ),
            choices=choices,
        ),
        Row(
            (
                Push(Words("拔掉电缆", "Pull cable"), "unplug", camera, flat=True),
                Push(Words("插上电缆", "Plug in"), "plug", camera, flat=True),
            )
        ),
    )


CARD_READER = Panel(
    "idcard",
    Words("身份证阅读器", "Card reader"),
    (
        Fact("plugged", Words("电缆", "Cable"), YES_NO),
        Fact("card", Words("读卡区", "On the reader"), {**NOTHING, **CHOICES}),
        Fact("fault", Words("故障", "Fault"), NOTHING),
    ),
    (
        Row(
            (
                Push(Words("放卡", "Lay card"), "lay", takes="card", strong=True),
                Push(Words("拿走卡", "Lift card"), "lift"),
            ),
            choices="cards",
        ),
        Row(
            (
                Push(Words("读卡中途拿走", "Lift while reading"), "lift_during_read"),
                Push(Words("下一次应答损坏", "Damage next answer"), "fault", {"kind": "wrong_checksum"}),
            )
        ),
        CABLE,
    ),
)

SCANNER = Panel(
    "scanner",
    Words("扫码器", "Code scanner"),
    (
        Fact("plugged", Words("电缆", "Cable"), YES_NO),
        Fact("last", Words("最近扫到", "Last scanned"), NOTHING),
        Fact("scans", Words("扫码次数", "Scans")),
    ),
    (
        Row(
            (
                Push(Words("扫文字", "Scan text"), "scan", takes="text", strong=True),
                Push(Words("扫图片文件", "Scan picture"), "scan", takes="image"),
            ),
            text=Words("码里的文字，或图片文件", "text of the code, or a picture file"),
            file=Words("选择图片…", "Choose picture…"),
        ),
        Row(
            (
                Push(Words("举到摄像头前", "Hold before camera"), "hold_code", takes="text", twin="camera"),
                Push(Words("从摄像头拿开", "Remove from camera"), "remove_code", twin="camera"),
            ),
            text=Words("摄像头前的码，如 OEB1:M:…", "code before the camera, such as OEB1:M:…"),
        ),
        CABLE,
    ),
)

CAMERAS = Panel(
    "camera",
    Words("高拍仪与人脸摄像头", "Document and face camera"),
    (
        Fact("document_plugged", Words("高拍仪电缆", "Document camera"), YES_NO),
        Fact("document_scene", Words("高拍仪看到", "It sees"), CHOICES),
        Fact("face_plugged", Words("人脸摄像头电缆", "Face camera"), YES_NO),
        Fact("face_scene", Words("人脸摄像头看到", "It sees"), CHOICES),
    ),
    (*_camera("document", "document_scenes"), *_camera("face", "face_scenes")),
)

PRINTER = Panel(
    "printer",
    Words("小票打印机", "Receipt printer"),
    (
        Fact("plugged", Words("电缆", "Cable"), YES_NO),
        Fact(
            "paper",
            Words("纸", "Paper"),
            {"full": Words("充足", "full"), "low": Words("快用完", "low"), "out": Words("用完", "out")},
        ),
        Fact("cover", Words("上盖", "Cover"), {"closed": Words("合上", "closed"), "open": Words("打开", "open")}),
        Fact("receipts", Words("已打印", "Printed")),
        Fact("waiting", Words("未取走", "Not taken")),
    ),
    (
        Row(
            (
                Push(Words("装满纸", "Paper full"), "paper", {"level": "full"}),
                Push(Words("纸将尽", "Paper low"), "paper", {"level": "low"}),
                Push(Words("纸用完", "Paper out"), "paper", {"level": "out"}),
            )
        ),
        Row(
            (
                Push(Words("开盖", "Open cover"), "cover", {"state": "open"}),
                Push(Words("合盖", "Close cover"), "cover", {"state": "closed"}),
                Push(Words("撕下小票", "Tear receipt"), "take", strong=True),
            )
        ),
        CABLE,
    ),
    receipt=True,
)

A4_PRINTER = Panel(
    "a4_printer",
    Words("A4 打印机", "A4 printer"),
    (
        Fact("plugged", Words("网线", "Cable"), YES_NO),
        Fact(
            "paper",
            Words("纸", "Paper"),
            {
                "full": Words("充足", "full"),
                "low": Words("快用完", "low"),
                "out": Words("用完", "out"),
                "jammed": Words("卡纸", "jammed"),
            },
        ),
        Fact("door", Words("机盖", "Door"), {"closed": Words("合上", "closed"), "open": Words("打开", "open")}),
        Fact("printed", Words("已打印", "Printed")),
    ),
    (
        Row(
            (
                Push(Words("装满纸", "Paper full"), "paper", {"level": "full"}, flat=True),
                Push(Words("纸用完", "Paper out"), "paper", {"level": "out"}, flat=True),
                Push(Words("卡纸", "Jam"), "paper", {"level": "jammed"}, flat=True),
                Push(Words("开盖", "Open door"), "door", {"state": "open"}, flat=True),
                Push(Words("合盖", "Close door"), "door", {"state": "closed"}, flat=True),
            )
        ),
        CABLE,
    ),
)

PANELS = (CARD_READER, SCANNER, CAMERAS, PRINTER, A4_PRINTER)
