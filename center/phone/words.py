"""The sentences of the pages for phones, plain enough for an eighty-year-old, in both languages."""

from collections.abc import Mapping

from flows.case import CaseState
from flows.text import Text

TITLE = Text(zh="办件进度", en="How far your case is")
OTHER = Text(zh="In English", en="中文")  # leads to the other language
NEXT = Text(zh="下一步", en="What comes next")
WAIT: Mapping[CaseState, Text] = {
    "toSubmit": Text(
        zh="申请正在送往中心，您不用做什么。", en="It is on its way to the center. You need not do anything."
    ),
    "awaitingPrecheck": Text(
        zh="等工作人员初审，您不用做什么。缺材料时，这里会列出来。",
        en="Our staff take a first look. You need not do anything; if something is missing it is listed here.",
    ),
    "inReview": Text(
        zh="工作人员正在办理，您不用做什么。", en="Our staff are working on it. You need not do anything."
    ),
    "finished": Text(zh="这件事已经办结。", en="This case is finished."),
    "returned": Text(zh="请补上下面列出的材料。", en="Please bring what is listed below."),
    "awaitingCorrection": Text(zh="请补上下面列出的材料。", en="Please bring what is listed below."),
}
COLLECT = Text(zh="可以去领了，请带上凭条。", en="You can collect it. Please bring the slip.")
MISSING = Text(zh="还缺什么", en="What is missing")
LACKS = Text(zh="还缺：{titles}", en="Missing: {titles}")
HOW_TO_BRING = Text(zh="怎么补交", en="How to bring it")
BRING = Text(
    zh="到任意一台自助终端，扫下面的码，点“现在补交”，放申请时用的证件，拍照就行。也可以带到受理窗口。",
    en="At any terminal scan the code below, touch “Bring it now” and lay the card you applied with. Or bring it to the"
    " counter.",
)
UNTIL = Text(zh="请在{day}前补齐，当天也可以", en="Everything must be here by {day}")
DAYS = Text(zh="办理时间", en="Time")
COUNTED = Text(
    zh="承诺 {limit} 个工作日，已用 {used} 天，还剩 {left} 天",
    en="Promised within {limit} working days: {used} used, {left} left",
)
OVER = Text(
    zh="承诺 {limit} 个工作日，已经超过 {over} 天，我们会尽快办好",
    en="Promised within {limit} working days; it is {over} over, and we hurry",
)
STANDS = Text(zh="现在暂停计时", en="The clock is stopped for now")
PAUSED = Text(zh="其中 {paused} 天不计入", en="{paused} days do not count")
DUE = Text(zh="最晚{day}办结", en="Done by {day} at the latest")
PARTS = Text(zh="各项进度", en="Each part")
WAITS_FOR = Text(zh="要先办好：{titles}", en="First comes: {titles}")
HANDOVER = Text(zh="怎么领取", en="How you get it")
TOGETHER = Text(zh="一次领取：{titles}", en="All at one time: {titles}")
COLLECT_BY = Text(zh="请在{day}前领取，当天也可以", en="Please collect it by {day}")
PARCEL = Text(zh="快递单号：{tracking}", en="Parcel number: {tracking}")
NUMBER = Text(zh="办件编号", en="Case number")
RECEIVED = Text(zh="提交时间", en="Submitted")
SINCE = Text(zh="到这一步", en="At this point since")
SHOW_CODE = Text(
    zh="在任意一台自助终端出示这个码，也能查进度、补材料",
    en="Show this code at any terminal to see the progress or to bring what is missing",
)
PRIVATE = Text(
    zh="只有拿着凭条的人能打开这一页，请不要把地址发给别人。",
    en="Only whoever has the slip can open this page. Please do not pass the address on.",
)
FRESH = Text(zh="刷新一下，就是最新进度。", en="Load the page again for the newest state.")

RATE = Text(zh="您满意吗？", en="Were you content?")
RATE_FREELY = Text(zh="评不评由您，点一个就行。", en="Only if you like to say: touch one.")
RATED = Text(zh="已收到您的评价，谢谢。", en="Your rating has arrived. Thank you.")
RATED_NEXT = Text(
    zh="可以关掉这一页了。办件进度还是扫凭条上的码看。",
    en="You can close this page. The code on your slip still shows the progress.",
)
RATE_WHY = Text(zh="为什么这样评？可以不选", en="Why so? You need not choose any")
RATE_WORDS = Text(zh="想说的话，可以不写", en="In your own words, if you like")
RATE_SEND = Text(zh="提交评价", en="Send it")
RATE_ONCE = Text(
    zh="一件事评一次。不满意的，工作人员会在 1 个工作日内联系您。",
    en="Each case is rated once. If you were not content, somebody will contact you within a working day.",
)

WHAT_TO_DO = Text(zh="怎么办", en="What to do")
NOTHING = Text(zh="没有查到", en="Nothing was found")
NOTHING_WHY = Text(
    zh="没有网络时办的，联网后才送到中心，请过一会儿再看。一直查不到的，请带凭条到自助终端或受理窗口。",
    en="What was done without a network reaches the center once it is back; please look again later. If it stays so,"
    " bring the slip to a terminal or to the counter.",
)
TOO_OFTEN = Text(zh="请稍等一会儿", en="Please wait a little")
TOO_OFTEN_WHY = Text(
    zh="看得太频繁了，请过 {minutes} 分钟再打开。", en="It was opened too often. Please come back in {minutes} minutes."
)

RESUME_TITLE = Text(zh="接着办", en="Go on with it")
RESUME = Text(zh="您存下的申请还在", en="What you kept is still there")
RESUME_UNTIL = Text(zh="{day}前都可以接着办", en="You can go on with it until {day}")
RESUME_HOW = Text(zh="怎么接着办", en="How to go on")
HOLD_CODE = Text(zh="把这个码对准扫码口", en="Hold this code to the scanner")
RESUME_STEPS = (
    Text(zh="带上存的时候用的那张身份证", en="Bring the ID card you used when you kept it"),
    Text(zh="到任意一台自助终端", en="Go to any self-service terminal"),
    HOLD_CODE,
    Text(zh="放身份证，从停下的地方接着办", en="Lay the card and go on where you stopped"),
)
NOT_SENT = Text(
    zh="还没有提交。过期或用过以后，自动删除。",
    en="Nothing has been submitted. It is deleted after use or after that day.",
)
ENDED = Text(zh="这个码不能用了", en="This code is no longer good")
ENDED_WHY = Text(
    zh="可能已经接着办过，或者过了期限。请在自助终端重新办理。",
    en="It was gone on with already, or its days are over. Please begin again at a terminal.",
)
