"""Sample views of the pages after the questions: results, rating, progress and troubles."""

# ruff: noqa: E501 - a text and its translation stand side by side

from dataclasses import replace

from kiosk.journey import screens as s
from kiosk.ui.sample_words import option, record_rows, row, say


def endings(language: str) -> dict[str, s.AnyScreen]:
    steps = (
        say(language, "工作人员 5 个工作日内审核", "Staff will look at it within 5 working days"),
        say(language, "结果会发短信到您的手机", "You get a text message with the outcome"),
    )
    result = s.Result(
        title=say(language, "办好了", "Done"), can_go_back=False, personal=True, number="330300-2026-1123-0042",
        number_label=say(language, "办件编号", "Case number"), next_steps=steps,
        message=say(language, "申请已受理", "Your application was accepted"), print_state="printed",
        print_message=say(language, "凭条已打印，请取走", "Your receipt is printed; please take it"),
        follow_url="https://center.example/c/NBSWY3DPO5XXE3DEEBTG64RAMVSX", follow_label=say(language, "用手机扫码，随时看进度", "Scan with your phone to see the progress"),
    )  # fmt: skip
    issued = replace(
        result, follow_url="", verify_url="http://127.0.0.1:8700/verify/ABCD1234", verify_code="ABCD-1234", document_title=say(language, "社会保险参保证明", "Certificate of social insurance"), next_steps=(),
        document_rows=record_rows(language),
        document_sample=say(language, "示例数据，不是真实记录", "Sample data (示例), not a real record"),
    )  # fmt: skip
    levels = ("非常不满意", "不满意", "基本满意", "满意", "非常满意")
    words = ("Very dissatisfied", "Dissatisfied", "Fairly satisfied", "Satisfied", "Very satisfied")
    tags = (
        option(language, "510", "一窗受理一次办结", "All at one place, in one go"),
        option(language, "412", "可以使用自助机办理", "Can be done at a self-service machine"),
        option(language, "517", "服务热情效率高", "Friendly and quick"),
    )
    bad = say(
        language,
        "对不起，没让您满意。工作人员会在 1 天内联系您，15 天内处理好。",
        "We are sorry. Somebody contacts you within 1 day, and it is dealt with within 15 days.",
    )
    rate = s.Rate(
        title=say(language, "您对这次服务满意吗？", "How was the service?"), can_go_back=False,
        subtitle=say(language, "自愿评价，不影响办理结果", "Voluntary; it does not change the outcome"),
        levels=tuple(s.RateLevel(level=n, label=say(language, levels[n - 1], words[n - 1]), tags=tags, note=bad if n < 3 else "") for n in range(5, 0, -1)),
    )  # fmt: skip
    return {
        "result_accepted": result,
        "result_local": replace(
            result, number_kind="local", number="L-0001-000042", print_state="failed",
            print_message=say(language, "没有打印成功：打印机缺纸。请用手机拍下编号。", "Printing failed: out of paper. Please photograph the number."),
        ),
        "result_issued": issued,
        "result_handover": replace(
            result, follow_url="", handover=say(language, "凭取件码到取件柜领取：大厅取件柜（示例）", "From the locker, with your pick-up code: the locker in the hall (sample)"),
            pickup_label=say(language, "取件码，请保密", "Pick-up code. Keep it to yourself"), pickup_code="MFRG GZDF MZTW Q2LK NNWG 23TP OBYX",
            pickup_payload="OEB1:P:MFRGGZDFMZTWQ2LKNNWG23TPOBYX",
        ),
        **_on_paper(issued, language),
        "rate": rate,
        "rate_chosen": replace(rate, level=5, noted=say(language, "您的评价已记下，现在就可以走；也可以再点几句、写几句。", "Your rating is noted and you may simply leave. You can also say more.")),
        "farewell": s.Farewell(
            title="", can_go_back=False, message=say(language, "感谢使用，再见", "Thank you, goodbye"),
            reminders=(say(language, "请带走身份证", "Take your ID card"), say(language, "请取走凭条", "Take your receipt")),
        ),
        **_keeping(language),
        **_progress(language), **_troubles(language),
    }  # fmt: skip


def _on_paper(issued: s.Result, language: str) -> dict[str, s.AnyScreen]:
    again = say(language, "再打印一次 A4 证明", "Print on A4 paper again")
    no_paper = (
        "A4 打印机缺纸，没有打印。请叫工作人员加纸，或用手机扫页面上的二维码取得证明。",
        "The A4 printer is out of paper; nothing was printed. Please tell the staff, or scan the code on this page with your phone to get the certificate.",
    )
    return {
        "result_a4": replace(issued, paper_label=say(language, "打印 A4 纸质件", "Print on A4 paper")),
        "result_a4_printing": replace(
            issued, paper_state="printing",
            paper_message=say(language, "正在打印 A4 证明，请稍候……", "Printing on A4 paper, please wait…"),
        ),
        "result_a4_printed": replace(
            issued, paper_state="printed",
            paper_message=say(language, "A4 证明已打印，请在下方取纸。", "Your certificate is printed. Please take the paper below."),
        ),
        "result_a4_no_paper": replace(issued, paper_state="failed", paper_message=say(language, *no_paper)),
        "result_a4_doubtful": replace(
            issued, paper_state="unknown", paper_label=again,
            paper_message=say(language, "不确定 A4 证明有没有打印出来，请看一下下方出纸口。", "It is not certain that the A4 page came out; please look below."),
        ),
    }  # fmt: skip


def _keeping(language: str) -> dict[str, s.AnyScreen]:
    kept = s.Kept(
        title=say(language, "先存着，下次接着办", "Keep it and go on later"), can_go_back=False, personal=True, state="kept",
        subtitle=say(language, "城乡居民医保参保登记", "Resident medical insurance enrolment"),
        message=say(language, "已存好，还没有提交。2026-12-03 以前，带同一张身份证，在任意一台自助终端扫这个码，接着办。", "It is kept, and nothing has been submitted. Until 2026-12-03, scan this code at any terminal with the same ID card and go on."),
        payload="OEB1:R:" + "eyJjb250ZW50Ijp7ImRyYWZ0IjoiTUZSR0daREZNWlRXUTJMS05OV0cyM1RQT0JZWCJ9LCJleHBpcmVzIjoxNzY3MjU1MDAwfQ" + "." + "A" * 86,
        print_state="printed", print_message=say(language, "凭条上有同样的码，请取走。", "The slip has the same code. Please take it."),
        forward_label=say(language, "完成", "Done"),
    )  # fmt: skip
    failed = say(
        language,
        "没有存成，现在连不上政务中心。刚才填的还在，可以再试，也可以继续办理。",
        "It was not kept, because the center cannot be reached. What you filled in is still here. Try again, or go on now.",
    )
    return {
        "kept": kept,
        "kept_failed": replace(kept, state="failed", can_go_back=True, payload="", print_message="", message=failed, forward_label=say(language, "再试一次", "Try again")),
    }  # fmt: skip


# picture: (cause, in English; what to do, in English)
TROUBLES = {
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


def _progress(language: str) -> dict[str, s.AnyScreen]:
    progress = s.Progress(
        title=say(language, "查询办件进度", "Progress of a case"),
        guidance=say(language, "把凭条上的二维码对准扫码窗，或输入办件编号", "Hold the code on your receipt to the scanner, or type the number"),
    )  # fmt: skip
    rows = (
        row(language, ("事项", "Matter"), ("城乡居民医保参保登记", "Resident medical insurance enrolment")),
        row(language, ("当前状态", "State"), ("已受理，正在审核", "accepted, under review")),
        row(language, ("预计办结", "Expected"), ("2026 年 11 月 30 日", "30 November 2026")),
    )
    missing = (
        row(language, ("办件编号", "Case number"), ("33038120261123000042", "33038120261123000042")),
        row(language, ("事项", "Service"), ("城乡居民医保参保登记", "Resident medical insurance enrolment")),
        row(language, ("办理状态", "State"), ("待补正", "Something is missing")),
        row(language, ("办理时限", "How long it may take"), ("共 10 个工作日，已用 3 个，还剩 7 个", "10 working days: 3 used, 7 left")),
        row(language, ("不算在时限内", "Not counted"), ("2 个工作日；现在也暂停着，不计时", "2 working days; the count stands still now too")),
        row(language, ("还缺 1", "Missing 1"), ("居住证明", "Proof of residence")),
        row(language, ("还缺 2", "Missing 2"), ("近一年没有固定收入的说明", "A statement that you had no regular income in the last year")),
        row(language, ("补交到", "Bring it by"), ("2026-12-23", "2026-12-23")),
        row(language, ("怎么补交", "How to bring it"), (
            "在本机就能补交，点“补交”按钮；也可以带到受理窗口，或拨打 0577-12345 (示例)。",
            "You can bring it at this machine with the button; or take it to the counter, or call 0577-12345 (示例).",
        )),
    )  # fmt: skip
    return {
        "progress": progress,
        "progress_found": replace(
            progress, state="found", number="330300202611230042", rows=rows,
            own_label=say(language, "我想补充材料或说明", "Add a paper or a note myself"),
            report_label=say(language, "事情没办成，我要反映", "It did not work out. Tell us"),
        ),
        "progress_missing": replace(
            progress, state="found", rows=missing, bring_labels=(say(language, "现在补交", "Bring it now"),),
            message=say(language, "材料不齐，请补交下面列出的材料，补齐后继续办理。", "Something is missing. Please bring what is listed below; then it goes on."),
        ),
        "progress_missing_parts": replace(
            progress, state="found", rows=missing,
            bring_labels=(
                say(language, "补交：不动产户籍联办（不动产登记）", "Bring: Real estate and household in one visit (title registration)"),
                say(language, "补交：不动产户籍联办（户口迁移）", "Bring: Real estate and household in one visit (household registration)"),
            ),
        ),
        "progress_not_found": replace(
            progress, state="notFound", number="3303002026",
            report_label=say(language, "事情没办成，我要反映", "It did not work out. Tell us"),
            message=say(language, "没有找到这个编号，请核对凭条", "No case has this number; please check your receipt"),
        ),
    }  # fmt: skip


def _troubles(language: str) -> dict[str, s.AnyScreen]:
    goes_on = say(language, "不打印，继续办理", "Go on without printing")
    troubles: dict[str, s.AnyScreen] = {
        f"trouble_{picture}": s.Trouble(
            title=say(language, "请稍等", "One moment"), step=2, steps=7, picture=picture,  # type: ignore[arg-type]
            cause=say(language, zh, en), advice=say(language, todo, then), continue_label=goes_on if picture == "paper" else "",
        )
        for picture, (zh, en, todo, then) in TROUBLES.items()
    }  # fmt: skip
    return troubles | {
        "out_of_service": s.OutOfService(
            title=say(language, "暂停服务", "Out of service"), can_go_back=False, can_go_home=False,
            cause=say(language, "本机存储空间已满，暂时不能受理", "This machine's storage is full; it cannot take cases"),
            since="2026-11-23 20:10", contact="0577-12345 (示例)",
        ),
    }  # fmt: skip
