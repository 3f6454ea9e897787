"""Views of every page and of each state that looks different: what the gallery pictures and the tests open."""

# ruff: noqa: E501 - a text and its translation stand side by side

from dataclasses import replace
from datetime import date

from kiosk.journey import screens as s
from kiosk.ui.sample_endings import endings
from kiosk.ui.sample_groups import groups
from kiosk.ui.sample_matters import lists
from kiosk.ui.sample_words import PAGE, option, record_rows, row, say


def samples(language: str) -> dict[str, s.View]:
    """Name of the picture -> view; texts in `zh` or `en`; the people are invented and the data are samples."""
    pages = {
        **_before(language),
        **lists(language),
        **_questions(language),
        **_capturing(language),
        **groups(language),
        **endings(language),
    }
    idle = s.IdleState(seconds_left=98, running=True)
    views = {name: s.View(screen=page, language=language, idle=idle) for name, page in pages.items()}
    views["attract"] = s.View(screen=s.Attract(can_go_back=False, can_go_home=False), language=language)
    views["idle_warning"] = replace(
        views["form"], idle=s.IdleState(seconds_left=27, warning=True, running=True), offline=True
    )
    views["matters"] = replace(views["matters"], offline=True)
    return views


def _tiles(language: str) -> tuple[s.MatterTile, ...]:
    return (
        s.MatterTile(
            id="social-insurance-certificate",
            title=say(language, "社保参保证明", "Social insurance certificate"),
            summary=say(
                language,
                "查询并打印本人的社保参保缴费证明，当场出证",
                "Look up and print proof of your own contributions, issued on the spot",
            ),
            department=say(language, "人力资源和社会保障局", "Human Resources and Social Security"),
            icon="social-insurance",
            brings=say(language, "本人身份证", "your own ID card"),
        ),
        s.MatterTile(
            id="resident-medical-insurance",
            title=say(language, "城乡居民医保参保登记", "Resident medical insurance enrolment"),
            summary=say(
                language,
                "为本人办理城乡居民基本医疗保险参保登记",
                "Enrol yourself in basic medical insurance for residents",
            ),
            department=say(language, "医疗保障局", "Healthcare Security"),
            icon="medical-insurance",
            brings=say(
                language, "本人身份证、居住证或户口簿", "your ID card, and residence permit or household register"
            ),
            minutes=5,
        ),
        s.MatterTile(
            id="closed",
            title=say(language, "居住证签注", "Residence permit renewal"),
            summary=say(language, "每年一次的居住证签注", "The yearly renewal of a residence permit"),
            department=say(language, "公安局", "Public Security"),
            icon="certificate",
            available=False,
            unavailable_reason=say(
                language,
                "读卡器暂不可用，请改用其他终端",
                "The card reader is not working; please use another terminal",
            ),
        ),
    )


def _before(language: str) -> dict[str, s.AnyScreen]:
    paragraphs = (
        say(
            language,
            "本次办理需要读取您的身份证信息：姓名、性别、民族、出生日期、住址和公民身份号码。",
            "This service reads your ID card: name, sex, nation, date of birth, address and ID number.",
        ),
        say(
            language,
            "信息只用于办理本事项，加密后送交主管部门，本机不留存。",
            "It is used for this matter only, sent encrypted to the department, and not kept on this machine.",
        ),
        say(
            language,
            "您可以随时返回或离开，离开后填写的内容会全部清除。",
            "You can go back or leave at any time; what you entered is then wiped.",
        ),
    )
    notice = s.Notice(
        title=say(language, "办理须知", "Before you begin"), step=1, steps=7, paragraphs=paragraphs,
        agree_label=say(language, "同意并继续", "Agree and continue"),
        help_text=say(language, "请阅读后选择。不同意就不能继续办理本事项。", "Read this, then choose. Without agreeing this matter cannot go on."),
    )  # fmt: skip
    identify = s.Identify(
        title=say(language, "刷身份证", "Lay your ID card"), step=2, steps=7,
        subtitle=say(language, "读卡区在屏幕右下方，有亮灯的地方", "The reader is below the screen on the right, where the light is"),
        guidance=say(language, "请把身份证平放在读卡区", "Lay your ID card flat on the reader"),
    )  # fmt: skip
    problem = say(
        language,
        "没有读到身份证。请拿开，重新平放，不要移动。",
        "The card could not be read. Take it off, lay it down again and hold still.",
    )
    notices = say(
        language,
        "凭条打印机缺纸，办理结果可在手机上查看",
        "The printer is out of paper; results can be seen on your phone",
    )
    return {
        "attract": s.Attract(can_go_back=False, can_go_home=False),
        "attract_notice": s.Attract(can_go_back=False, can_go_home=False, notice=notices),
        "matters": s.MatterList(
            title=say(language, "请选择要办的事", "What would you like to do?"), tiles=_tiles(language), can_go_home=False
        ),
        "notice": notice,
        "notice_consent": replace(
            notice, title=say(language, "是否同意拍摄人脸照片", "May we take a picture of your face?"), step=3,
            paragraphs=paragraphs[1:2], decline_label=say(language, "不同意", "No"),
        ),
        "identify": identify,
        "identify_reading": replace(identify, state="reading"),
        "identify_problem": replace(identify, state="problem", problem=problem),
        "identify_done": replace(identify, state="done"),
    }  # fmt: skip


def _fields(language: str) -> tuple[s.FormField, ...]:
    kinds = (
        option(language, "resident", "城乡居民", "Resident"),
        option(language, "student", "在校学生", "Student"),
    )
    return (
        s.FormField(id="name", label=say(language, "姓名", "Name"), value="测试甲", keyboard="chinese", prefilled=True),
        s.FormField(id="number", label=say(language, "公民身份号码", "ID number"), value="11010118900101001X",
                    keyboard="idNumber", prefilled=True),
        s.FormField(id="mobile", label=say(language, "手机号码", "Mobile number"), keyboard="digits",
                    hint=say(language, "11 位数字，用来接收办理结果", "11 digits, to tell you the outcome")),
        s.FormField(id="group", label=say(language, "参保人员类别", "Group"), keyboard="choice", options=kinds),
        s.FormField(id="since", label=say(language, "参保起始年月", "Insured from"), keyboard="month", value="2026-12"),
        s.FormField(id="email", label=say(language, "电子邮箱", "E-mail"), keyboard="latin", optional=True),
    )  # fmt: skip


def _questions(language: str) -> dict[str, s.AnyScreen]:
    form = s.Form(
        title=say(language, "参保信息", "Your enrolment"), step=3, steps=7, personal=True, fields=_fields(language),
        subtitle=say(language, "请核对自动填写的内容，补充其余各项", "Check what was filled in for you and add the rest"),
    )  # fmt: skip
    wrong = say(language, "手机号码应为 11 位数字，现在只有 8 位", "A mobile number has 11 digits; this one has 8")
    bad = replace(form.fields[2], value="13800138", problem=wrong)
    options = (
        option(
            language,
            "pension",
            "企业职工基本养老保险",
            "Basic pension for employees",
            ("含个人账户", "with the personal account"),
            True,
        ),
        option(language, "unemployment", "失业保险", "Unemployment insurance"),
        option(language, "injury", "工伤保险", "Work injury insurance"),
    )
    choose = s.Choose(
        title=say(language, "选择险种", "Which insurance?"), step=4, steps=7, options=options, multiple=True,
        question=say(language, "证明上要列出哪些险种？", "Which insurances should the certificate list?"),
    )  # fmt: skip
    rows = record_rows(language)
    lookup = s.Lookup(
        title=say(language, "您的参保记录", "Your record"), step=5, steps=7, personal=True, state="found", rows=rows,
        sample=say(language, "示例数据，不是真实记录", "Sample data (示例), not a real record"),
    )  # fmt: skip
    away = say(
        language,
        "暂时连不上社保中心。可以继续办理，联网后自动核对。",
        "The center cannot be reached just now. You can go on; it is checked later.",
    )
    asking = say(language, "正在查询，大约需要几秒", "Looking it up, a few seconds")
    return {
        "form": form,
        "form_problem": replace(
            form, fields=(*form.fields[:2], bad, *form.fields[3:]),
            problem_summary=say(language, "有 1 项需要修改", "One answer needs a change"),
        ),
        "choose_multiple": choose,
        "choose_one": replace(choose, multiple=False),
        "lookup_asking": replace(lookup, state="asking", rows=(), sample="", message=asking),
        "lookup_found": lookup,
        "lookup_stopped": replace(lookup, state="stopped", message=say(language, "还没到时间。有效期满前 90 天内再来换", "It is too early. Come in the last 90 days before it ends"),
            report_label=say(language, "事情没办成，我要反映", "It did not work out. Tell us")),
        "lookup_unavailable": replace(lookup, state="unavailable", rows=(), sample="", message=away),
    }  # fmt: skip


def _capturing(language: str) -> dict[str, s.AnyScreen]:
    document = s.Capture(
        title=say(language, "拍摄户口簿本人页", "Photograph your register page"), step=4, steps=7, state="live", personal=True,
        guidance=say(language, "把材料平放在高拍仪下面，四角都在框内", "Lay the page under the camera with all four corners in the frame"),
        can_skip=True, skip_label=say(language, "稍后补交", "Hand in later"), hand_label=say(language, "我自己拍", "I take it myself"),
    )  # fmt: skip
    several = replace(
        document, pages=2, thumbnails=(PAGE, PAGE),
        delete_labels=tuple(say(language, f"删除第 {n} 页", f"Delete page {n}") for n in (1, 2)),
        done_label=say(language, "拍好了（共 2 页）", "Finished (2)"),
        guidance=say(language, "放好了，2 秒后自动拍照", "The document lies well. The picture is taken in 2 s."),
    )  # fmt: skip
    refused = replace(
        document, state="taken", can_skip=False, hand_label="",
        problem=say(language, "没有看到材料。请把材料平放在拍摄台上。", "No document was seen. Please lay it flat under the camera."),
        guidance=say(language, "纸面如果就是这样，可以就用这张；也可以重拍。", "If the document simply looks like this, use the picture; or take another."),
        accept_label=say(language, "就用这张，工作人员会核对", "Use this picture; staff will check it"),
    )  # fmt: skip
    blurred = say(
        language, "照片有点模糊，请放平后重拍", "The picture is a little blurred. Lay the page flat and try again."
    )
    face = replace(
        document, purpose="face", hand_label="", title=say(language, "拍摄人脸照片", "Picture of your face"), skip_label="",
        guidance=say(language, "请正对镜头，脸在圆框内", "Look at the camera, with your face in the oval"),
    )  # fmt: skip
    unlike = say(
        language,
        "这张与身份证上的照片不太像。可以点“重拍”再试一次；也可以直接用，工作人员会核对。",
        "This picture looks unlike the one on your card. You may take it once more, or use this one; staff will check.",
    )
    promise = tuple(
        say(
            language,
            f"本人已知晓参保登记的条件和标准，所填内容真实、准确、完整。（第 {n} 项承诺）",
            f"I know the conditions for enrolment and what I entered is true, correct and complete. (Promise {n})",
        )
        for n in range(1, 9)
    )
    return {
        "capture_document": document,
        "capture_starting": replace(document, state="starting", hand_label=""),
        "capture_taken": replace(document, state="taken", problem=blurred, hand_label=""),
        "capture_several": several,
        "capture_refused": refused,
        "capture_face": face,
        "capture_face_unlike": replace(face, state="taken", guidance=unlike),
        "promise": s.Promise(
            title=say(language, "告知承诺", "Your promise"), step=5, steps=7, paragraphs=promise,
            agree_label=say(language, "我已阅读并承诺", "I have read this and promise"),
        ),
        "sign": s.Sign(
            title=say(language, "请签名", "Please sign"), step=6, steps=7, personal=True,
            guidance=say(language, "用手指在下面的框里写上您的姓名", "Write your name in the box below with your finger"),
        ),
        "review": s.Review(
            title=say(language, "请核对后提交", "Check, then submit"), step=7, steps=7, personal=True, rows=_review(language),
            subtitle=say(language, "每一项都可以单独修改，改完直接回到这里", "Change any one; you come straight back here"),
        ),
        "review_rare_names": s.Review(
            title=say(language, "请核对后提交", "Check, then submit"), step=7, steps=7, personal=True, rows=_rare(language),
        ),
        "submit": s.Submit(
            title=say(language, "正在保存", "Saving"), can_go_back=False, can_go_home=False,
            message=say(language, "正在安全保存您的申请", "Your application is being stored safely"),
        ),
    }  # fmt: skip


def _rare(language: str) -> tuple[s.Row, ...]:
    """Names with characters outside GB 2312, outside the BMP and of the police's own set, as sample cards hold them."""
    from devices.idcard.cards import CARDS
    from devices.idcard.records import parse_record

    names = ("rare_name", "beyond_bmp", "private_use")
    records = [parse_record(CARDS[name].text, None, date(2026, 1, 1)) for name in names]
    return tuple(row(language, ("姓名", "Name"), (record.name, record.name)) for record in records)


def _review(language: str) -> tuple[s.Row, ...]:
    return (
        row(language, ("姓名", "Name"), ("测试甲", "测试甲")),
        row(language, ("公民身份号码", "ID number"), ("1101**********001X", "1101**********001X")),
        row(language, ("手机号码", "Mobile number"), ("138 0013 8000", "138 0013 8000"), "mobile"),
        row(language, ("人员类别", "Group"), ("城乡居民", "Resident"), "group"),
        row(language, ("参保起始年月", "Insured from"), ("2026 年 12 月", "December 2026"), "since"),
        row(language, ("证明材料", "Papers"), ("户口簿本人页，1 张", "register page, 1 picture"), "material"),
    )
