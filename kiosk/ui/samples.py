"""Views of every page and of each state that looks different: what the gallery pictures and the tests open."""

# ruff: noqa: E501 - a text and its translation stand side by side

from dataclasses import replace

from kiosk.journey import screens as s

ZH_EN = dict[str, str]


def samples(language: str) -> dict[str, s.View]:
    """Name of the picture -> view; texts in `zh` or `en`; the people are invented and the data are samples."""
    pages = {**_before(language), **_questions(language), **_capturing(language), **_after(language)}
    idle = s.IdleState(seconds_left=98, running=True)
    views = {name: s.View(screen=page, language=language, idle=idle) for name, page in pages.items()}
    views["attract"] = s.View(screen=s.Attract(can_go_back=False, can_go_home=False), language=language)
    views["idle_warning"] = replace(
        views["form"], idle=s.IdleState(seconds_left=27, warning=True, running=True), offline=True
    )
    views["matters"] = replace(views["matters"], offline=True)
    return views


def _say(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def _option(
    language: str, name: str, zh: str, en: str, detail: tuple[str, str] = ("", ""), on: bool = False
) -> s.Option:
    return s.Option(id=name, label=_say(language, zh, en), detail=_say(language, *detail), selected=on)


def _row(language: str, label: tuple[str, str], value: tuple[str, str], step: str = "") -> s.Row:
    return s.Row(label=_say(language, *label), value=_say(language, *value), step=step)


def _tiles(language: str) -> tuple[s.MatterTile, ...]:
    return (
        s.MatterTile(
            id="social-insurance-certificate",
            title=_say(language, "社保参保证明", "Social insurance certificate"),
            summary=_say(
                language,
                "查询并打印本人的社保参保缴费证明，当场出证",
                "Look up and print proof of your own contributions, issued on the spot",
            ),
            department=_say(language, "人力资源和社会保障局", "Human Resources and Social Security"),
            icon="social-insurance",
            brings=_say(language, "本人身份证", "your own ID card"),
        ),
        s.MatterTile(
            id="resident-medical-insurance",
            title=_say(language, "城乡居民医保参保登记", "Resident medical insurance enrolment"),
            summary=_say(
                language,
                "为本人办理城乡居民基本医疗保险参保登记",
                "Enrol yourself in basic medical insurance for residents",
            ),
            department=_say(language, "医疗保障局", "Healthcare Security"),
            icon="medical-insurance",
            brings=_say(
                language, "本人身份证、居住证或户口簿", "your ID card, and residence permit or household register"
            ),
            minutes=5,
        ),
        s.MatterTile(
            id="closed",
            title=_say(language, "居住证签注", "Residence permit renewal"),
            summary=_say(language, "每年一次的居住证签注", "The yearly renewal of a residence permit"),
            department=_say(language, "公安局", "Public Security"),
            icon="certificate",
            available=False,
            unavailable_reason=_say(
                language,
                "读卡器暂不可用，请改用其他终端",
                "The card reader is not working; please use another terminal",
            ),
        ),
    )


def _before(language: str) -> dict[str, s.AnyScreen]:
    paragraphs = (
        _say(
            language,
            "本次办理需要读取您的身份证信息：姓名、性别、民族、出生日期、住址和公民身份号码。",
            "This service reads your ID card: name, sex, nation, date of birth, address and ID number.",
        ),
        _say(
            language,
            "信息只用于办理本事项，加密后送交主管部门，本机不留存。",
            "It is used for this matter only, sent encrypted to the department, and not kept on this machine.",
        ),
        _say(
            language,
            "您可以随时返回或离开，离开后填写的内容会全部清除。",
            "You can go back or leave at any time; what you entered is then wiped.",
        ),
    )
    notice = s.Notice(
        title=_say(language, "办理须知", "Before you begin"), step=1, steps=7, paragraphs=paragraphs,
        agree_label=_say(language, "同意并继续", "Agree and continue"),
        help_text=_say(language, "请阅读后选择。不同意就不能继续办理本事项。", "Read this, then choose. Without agreeing this matter cannot go on."),
    )  # fmt: skip
    identify = s.Identify(
        title=_say(language, "刷身份证", "Lay your ID card"), step=2, steps=7,
        subtitle=_say(language, "读卡区在屏幕右下方，有亮灯的地方", "The reader is below the screen on the right, where the light is"),
        guidance=_say(language, "请把身份证平放在读卡区", "Lay your ID card flat on the reader"),
    )  # fmt: skip
    problem = _say(
        language,
        "没有读到身份证。请拿开，重新平放，不要移动。",
        "The card could not be read. Take it off, lay it down again and hold still.",
    )
    notices = _say(
        language,
        "凭条打印机缺纸，办理结果可在手机上查看",
        "The printer is out of paper; results can be seen on your phone",
    )
    return {
        "attract": s.Attract(can_go_back=False, can_go_home=False),
        "attract_notice": s.Attract(can_go_back=False, can_go_home=False, notice=notices),
        "matters": s.MatterList(
            title=_say(language, "请选择要办的事", "What would you like to do?"), tiles=_tiles(language), can_go_home=False
        ),
        "notice": notice,
        "notice_consent": replace(
            notice, title=_say(language, "是否同意拍摄人脸照片", "May we take a picture of your face?"), step=3,
            paragraphs=paragraphs[1:2], decline_label=_say(language, "不同意", "No"),
        ),
        "identify": identify,
        "identify_reading": replace(identify, state="reading"),
        "identify_problem": replace(identify, state="problem", problem=problem),
        "identify_done": replace(identify, state="done"),
    }  # fmt: skip


def _fields(language: str) -> tuple[s.FormField, ...]:
    kinds = (
        _option(language, "resident", "城乡居民", "Resident"),
        _option(language, "student", "在校学生", "Student"),
    )
    return (
        s.FormField(id="name", label=_say(language, "姓名", "Name"), value="测试甲", keyboard="chinese", prefilled=True),
        s.FormField(id="number", label=_say(language, "公民身份号码", "ID number"), value="11010118900101001X",
                    keyboard="idNumber", prefilled=True),
        s.FormField(id="mobile", label=_say(language, "手机号码", "Mobile number"), keyboard="digits",
                    hint=_say(language, "11 位数字，用来接收办理结果", "11 digits, to tell you the outcome")),
        s.FormField(id="group", label=_say(language, "参保人员类别", "Group"), keyboard="choice", options=kinds),
        s.FormField(id="since", label=_say(language, "参保起始年月", "Insured from"), keyboard="month", value="2026-12"),
        s.FormField(id="email", label=_say(language, "电子邮箱", "E-mail"), keyboard="latin", optional=True),
    )  # fmt: skip


def _questions(language: str) -> dict[str, s.AnyScreen]:
    form = s.Form(
        title=_say(language, "参保信息", "Your enrolment"), step=3, steps=7, personal=True, fields=_fields(language),
        subtitle=_say(language, "请核对自动填写的内容，补充其余各项", "Check what was filled in for you and add the rest"),
    )  # fmt: skip
    wrong = _say(language, "手机号码应为 11 位数字，现在只有 8 位", "A mobile number has 11 digits; this one has 8")
    bad = replace(form.fields[2], value="13800138", problem=wrong)
    options = (
        _option(
            language,
            "pension",
            "企业职工基本养老保险",
            "Basic pension for employees",
            ("含个人账户", "with the personal account"),
            True,
        ),
        _option(language, "unemployment", "失业保险", "Unemployment insurance"),
        _option(language, "injury", "工伤保险", "Work injury insurance"),
    )
    choose = s.Choose(
        title=_say(language, "选择险种", "Which insurance?"), step=4, steps=7, options=options, multiple=True,
        question=_say(language, "证明上要列出哪些险种？", "Which insurances should the certificate list?"),
    )  # fmt: skip
    rows = (
        _row(language, ("参保单位", "Employer"), ("瓯海示例科技有限公司", "Ouhai Sample Technology Ltd")),
        _row(language, ("累计缴费", "Months paid"), ("86 个月", "86 months")),
        _row(language, ("缴费状态", "State"), ("正常参保", "insured")),
        _row(language, ("最近缴费", "Last paid"), ("2026 年 10 月", "October 2026")),
    )
    lookup = s.Lookup(
        title=_say(language, "您的参保记录", "Your record"), step=5, steps=7, personal=True, state="found", rows=rows,
        sample=_say(language, "示例数据，不是真实记录", "Sample data (示例), not a real record"),
    )  # fmt: skip
    away = _say(
        language,
        "暂时连不上社保中心。可以继续办理，联网后自动核对。",
        "The center cannot be reached just now. You can go on; it is checked later.",
    )
    asking = _say(language, "正在查询，大约需要几秒", "Looking it up, a few seconds")
    return {
        "form": form,
        "form_problem": replace(
            form, fields=(*form.fields[:2], bad, *form.fields[3:]),
            problem_summary=_say(language, "有 1 项需要修改", "One answer needs a change"),
        ),
        "choose_multiple": choose,
        "choose_one": replace(choose, multiple=False),
        "lookup_asking": replace(lookup, state="asking", rows=(), sample="", message=asking),
        "lookup_found": lookup,
        "lookup_unavailable": replace(lookup, state="unavailable", rows=(), sample="", message=away),
    }  # fmt: skip


def _capturing(language: str) -> dict[str, s.AnyScreen]:
    document = s.Capture(
        title=_say(language, "拍摄户口簿本人页", "Photograph your register page"), step=4, steps=7, state="live", personal=True,
        guidance=_say(language, "把材料平放在高拍仪下面，四角都在框内", "Lay the page under the camera with all four corners in the frame"),
        can_skip=True, skip_label=_say(language, "稍后补交", "Hand in later"),
    )  # fmt: skip
    blurred = _say(
        language, "照片有点模糊，请放平后重拍", "The picture is a little blurred. Lay the page flat and try again."
    )
    promise = tuple(
        _say(
            language,
            f"本人已知晓参保登记的条件和标准，所填内容真实、准确、完整。（第 {n} 项承诺）",
            f"I know the conditions for enrolment and what I entered is true, correct and complete. (Promise {n})",
        )
        for n in range(1, 9)
    )
    return {
        "capture_document": document,
        "capture_starting": replace(document, state="starting"),
        "capture_taken": replace(document, state="taken", problem=blurred),
        "capture_face": replace(
            document, purpose="face", title=_say(language, "拍摄人脸照片", "Picture of your face"), skip_label="",
            guidance=_say(language, "请正对镜头，脸在圆框内", "Look at the camera, with your face in the oval"),
        ),
        "promise": s.Promise(
            title=_say(language, "告知承诺", "Your promise"), step=5, steps=7, paragraphs=promise,
            agree_label=_say(language, "我已阅读并承诺", "I have read this and promise"),
        ),
        "sign": s.Sign(
            title=_say(language, "请签名", "Please sign"), step=6, steps=7, personal=True,
            guidance=_say(language, "用手指在下面的框里写上您的姓名", "Write your name in the box below with your finger"),
        ),
        "review": s.Review(
            title=_say(language, "请核对后提交", "Check, then submit"), step=7, steps=7, personal=True, rows=_review(language),
            subtitle=_say(language, "每一项都可以单独修改，改完直接回到这里", "Change any one; you come straight back here"),
        ),
        "submit": s.Submit(
            title=_say(language, "正在保存", "Saving"), can_go_back=False, can_go_home=False,
            message=_say(language, "正在安全保存您的申请", "Your application is being stored safely"),
        ),
    }  # fmt: skip


def _review(language: str) -> tuple[s.Row, ...]:
    return (
        _row(language, ("姓名", "Name"), ("测试甲", "测试甲")),
        _row(language, ("公民身份号码", "ID number"), ("1101**********001X", "1101**********001X")),
        _row(language, ("手机号码", "Mobile number"), ("138 0013 8000", "138 0013 8000"), "mobile"),
        _row(language, ("人员类别", "Group"), ("城乡居民", "Resident"), "group"),
        _row(language, ("参保起始年月", "Insured from"), ("2026 年 12 月", "December 2026"), "since"),
        _row(language, ("证明材料", "Papers"), ("户口簿本人页，1 张", "register page, 1 picture"), "material"),
    )


def _after(language: str) -> dict[str, s.AnyScreen]:
    steps = (
        _say(language, "工作人员 5 个工作日内审核", "Staff will look at it within 5 working days"),
        _say(language, "结果会发短信到您的手机", "You get a text message with the outcome"),
    )
    result = s.Result(
        title=_say(language, "办好了", "Done"), can_go_back=False, personal=True, number="330300-2026-1123-0042",
        number_label=_say(language, "办件编号", "Case number"), next_steps=steps,
        message=_say(language, "申请已受理", "Your application was accepted"), print_state="printed",
        print_message=_say(language, "凭条已打印，请取走", "Your receipt is printed; please take it"),
        verify_url="http://127.0.0.1:8700/verify/ABCD1234", verify_code="ABCD-1234",
    )  # fmt: skip
    issued = replace(
        result, document_title=_say(language, "社会保险参保证明", "Certificate of social insurance"), next_steps=(),
        document_rows=_questions(language)["lookup_found"].rows,  # type: ignore[union-attr]
        document_sample=_say(language, "示例数据，不是真实记录", "Sample data (示例), not a real record"),
    )  # fmt: skip
    levels = ("非常不满意", "不满意", "基本满意", "满意", "非常满意")
    words = ("Very dissatisfied", "Dissatisfied", "Fairly satisfied", "Satisfied", "Very satisfied")
    tags = (
        _option(language, "510", "一窗受理一次办结", "All at one place, in one go"),
        _option(language, "412", "可以使用自助机办理", "Can be done at a self-service machine"),
        _option(language, "517", "服务热情效率高", "Friendly and quick"),
    )
    rate = s.Rate(
        title=_say(language, "您对这次服务满意吗？", "How was the service?"), can_go_back=False,
        subtitle=_say(language, "自愿评价，不影响办理结果", "Voluntary; it does not change the outcome"),
        levels=tuple(s.RateLevel(level=n, label=_say(language, levels[n - 1], words[n - 1]), tags=tags) for n in range(5, 0, -1)),
    )  # fmt: skip
    return {
        "result_accepted": result,
        "result_local": replace(
            result, number_kind="local", number="L-0001-000042", verify_url="", print_state="failed",
            print_message=_say(language, "没有打印成功：打印机缺纸。请用手机拍下编号。", "Printing failed: out of paper. Please photograph the number."),
        ),
        "result_issued": issued,
        "rate": rate,
        "rate_chosen": replace(rate, level=5),
        "farewell": s.Farewell(
            title="", can_go_back=False, message=_say(language, "感谢使用，再见", "Thank you, goodbye"),
            reminders=(_say(language, "请带走身份证", "Take your ID card"), _say(language, "请取走凭条", "Take your receipt")),
        ),
        **_standing(language),
    }  # fmt: skip


def _standing(language: str) -> dict[str, s.AnyScreen]:
    progress = s.Progress(
        title=_say(language, "查询办件进度", "Progress of a case"),
        guidance=_say(language, "把凭条上的二维码对准扫码窗，或输入办件编号", "Hold the code on your receipt to the scanner, or type the number"),
    )  # fmt: skip
    rows = (
        _row(language, ("事项", "Matter"), ("城乡居民医保参保登记", "Resident medical insurance enrolment")),
        _row(language, ("当前状态", "State"), ("已受理，正在审核", "accepted, under review")),
        _row(language, ("预计办结", "Expected"), ("2026 年 11 月 30 日", "30 November 2026")),
    )
    trouble = {
        "paper": (
            "凭条打印机没有纸了",
            "The printer is out of paper",
            "不影响办理，结果可以用手机查看",
            "You can go on; the result can be seen on your phone",
        ),
        "card": (
            "身份证拿开得太早",
            "The card was taken away too early",
            "请重新平放，等提示后再拿开",
            "Lay it down again and wait for the word",
        ),
        "camera": (
            "摄像头没有连上",
            "The camera is not connected",
            "正在自动重连，请稍候",
            "It is being connected again; please wait",
        ),
        "scanner": (
            "扫码器没有连上",
            "The scanner is not connected",
            "可以改为输入编号",
            "You can type the number instead",
        ),
        "network": ("暂时连不上中心", "The center cannot be reached", "正在自动重试", "It is being tried again"),
        "machine": (
            "这一步暂时不能办理",
            "This step does not work just now",
            "请稍候或联系工作人员",
            "Please wait or ask the staff",
        ),
    }
    goes_on = _say(language, "不打印，继续办理", "Go on without printing")
    troubles: dict[str, s.AnyScreen] = {
        f"trouble_{picture}": s.Trouble(
            title=_say(language, "请稍等", "One moment"), step=2, steps=7, picture=picture,  # type: ignore[arg-type]
            cause=_say(language, zh, en), advice=_say(language, todo, then), continue_label=goes_on if picture == "paper" else "",
        )
        for picture, (zh, en, todo, then) in trouble.items()
    }  # fmt: skip
    return {
        "progress": progress,
        "progress_found": replace(progress, state="found", number="330300202611230042", rows=rows),
        "progress_not_found": replace(
            progress, state="notFound", number="3303002026",
            message=_say(language, "没有找到这个编号，请核对凭条", "No case has this number; please check your receipt"),
        ),
        **troubles,
        "out_of_service": s.OutOfService(
            title=_say(language, "暂停服务", "Out of service"), can_go_back=False, can_go_home=False,
            cause=_say(language, "本机存储空间已满，暂时不能受理", "This machine's storage is full; it cannot take cases"),
            since="2026-11-23 20:10", contact="0577-12345 (示例)",
        ),
    }  # fmt: skip
