<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>Attract</name>
    <message>
        <source>您好，欢迎使用</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>24 小时自助办理，带好身份证就可以开始</source>
        <translation>Open 24 hours. All you need is your ID card.</translation>
    </message>
    <message>
        <source>刷身份证，少填写</source>
        <translation>Your ID card fills in most of it</translation>
    </message>
    <message>
        <source>一步一步有提示，随时可返回</source>
        <translation>Step by step, and back at any time</translation>
    </message>
    <message>
        <source>办完可打印凭条、扫码查进度</source>
        <translation>A receipt at the end, with a code to follow your case</translation>
    </message>
    <message>
        <source>开始办理</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>Candidates</name>
    <message>
        <source>请用拼音输入</source>
        <translation>Type in pinyin</translation>
    </message>
    <message>
        <source>前面的字</source>
        <translation>Characters before</translation>
    </message>
    <message>
        <source>后面的字</source>
        <translation>More characters</translation>
    </message>
</context>
<context>
    <name>Capture</name>
    <message>
        <source>就用这张</source>
        <translation>Use this picture</translation>
    </message>
    <message>
        <source>拍照</source>
        <translation>Take picture</translation>
    </message>
    <message>
        <source>重拍</source>
        <translation>Take again</translation>
    </message>
    <message>
        <source>跳过</source>
        <translation>Skip</translation>
    </message>
    <message>
        <source>正在打开摄像头…</source>
        <translation>Opening the camera…</translation>
    </message>
</context>
<context>
    <name>Choose</name>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>（可以选多项）</source>
        <translation> (more than one is fine)</translation>
    </message>
</context>
<context>
    <name>DisplaySheet</name>
    <message>
        <source>小</source>
        <translation>Small</translation>
    </message>
    <message>
        <source>标准</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>大</source>
        <translation>Large</translation>
    </message>
    <message>
        <source>特大</source>
        <translation>Largest</translation>
    </message>
    <message>
        <source>白底黑字</source>
        <translation>Black on white</translation>
    </message>
    <message>
        <source>黑底白字</source>
        <translation>White on black</translation>
    </message>
    <message>
        <source>黑底黄字</source>
        <translation>Yellow on black</translation>
    </message>
    <message>
        <source>文字大小与颜色</source>
        <translation>Text size and colours</translation>
    </message>
    <message>
        <source>只用于这次办理，下一位使用者恢复标准显示。</source>
        <translation>For this visit only; the next person starts with the standard display.</translation>
    </message>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
</context>
<context>
    <name>DocumentCard</name>
    <message>
        <source>扫码验证真伪</source>
        <translation>Scan to verify</translation>
    </message>
</context>
<context>
    <name>EntryBox</name>
    <message>
        <source>%1 年 %2 月</source>
        <translation>%1-%2</translation>
    </message>
</context>
<context>
    <name>Farewell</name>
    <message>
        <source>回到首页</source>
        <translation>Back to the start</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
    <message>
        <source>下一项</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>（选填）</source>
        <translation> (optional)</translation>
    </message>
    <message>
        <source>已自动填写</source>
        <translation>filled in for you</translation>
    </message>
    <message>
        <source>请选择年月</source>
        <translation>Choose a month</translation>
    </message>
    <message>
        <source>点这里填写</source>
        <translation>Touch here to fill in</translation>
    </message>
</context>
<context>
    <name>Group</name>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>GroupCard</name>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
</context>
<context>
    <name>Heading</name>
    <message>
        <source>第 %1 步，共 %2 步</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>按屏幕上的提示一步一步办理。随时可以返回或回到首页。</source>
        <translation>Follow the screen step by step. You can go back or home at any time.</translation>
    </message>
    <message>
        <source>需要人工帮助，请拨打 %1</source>
        <translation>To speak to a person, call %1</translation>
    </message>
</context>
<context>
    <name>HomeSheet</name>
    <message>
        <source>要离开这次办理吗？</source>
        <translation>Leave this visit?</translation>
    </message>
    <message>
        <source>回到首页后，本次填写的内容会全部清除，不会保存。</source>
        <translation>What you entered in this visit will be wiped and not stored.</translation>
    </message>
    <message>
        <source>清除并回首页</source>
        <translation>Wipe and go home</translation>
    </message>
    <message>
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>先存着，下次接着办</source>
        <translation>Keep it and go on later</translation>
    </message>
</context>
<context>
    <name>Identify</name>
    <message>
        <source>正在读卡，请不要移开</source>
        <translation>Reading your card, please hold still</translation>
    </message>
    <message>
        <source>读取成功，请收好身份证</source>
        <translation>Done. Please take your ID card</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>您还在吗？</source>
        <translation>Are you still here?</translation>
    </message>
    <message>
        <source>为保护您的隐私，填写的内容已经隐藏。</source>
        <translation>To protect your privacy, what you entered is hidden.</translation>
    </message>
    <message>
        <source>秒后将清除全部内容并回到首页</source>
        <translation>seconds until everything is wiped and the start page is shown</translation>
    </message>
    <message>
        <source>我还在</source>
        <translation>I'm still here</translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message>
        <source>继续办理</source>
        <translation>Go on</translation>
    </message>
    <message>
        <source>再打印一次</source>
        <translation>Print again</translation>
    </message>
</context>
<context>
    <name>LetterKeys</name>
    <message>
        <source>大写</source>
        <translation>Capitals</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>中英文</source>
        <translation>Chinese or English</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
</context>
<context>
    <name>Lookup</name>
    <message>
        <source>继续</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>MatterCard</name>
    <message>
        <source>约 %1 分钟</source>
        <translation>about %1 minutes</translation>
    </message>
    <message>
        <source>请带好：%1</source>
        <translation>Bring: %1</translation>
    </message>
</context>
<context>
    <name>MatterList</name>
    <message>
        <source>查询办件进度</source>
        <translation>Progress of a case</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Hide keys</translation>
    </message>
    <message>
        <source>写几个字、拼音或首字母都行，例如：社保、驾照、lnz</source>
        <translation>A word or two will do, for example: insurance, licence, tax</translation>
    </message>
</context>
<context>
    <name>MonthKeys</name>
    <message>
        <source>前一年</source>
        <translation>Year before</translation>
    </message>
    <message>
        <source>%1 年</source>
        <translation>%1</translation>
    </message>
    <message>
        <source>后一年</source>
        <translation>Year after</translation>
    </message>
    <message>
        <source>%1月</source>
        <translation>%1</translation>
    </message>
</context>
<context>
    <name>NavBar</name>
    <message>
        <source>返回</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>首页</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>帮助</source>
        <translation>Help</translation>
    </message>
    <message>
        <source>大字</source>
        <translation>Display</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>我知道了</source>
        <translation>I understand</translation>
    </message>
</context>
<context>
    <name>NumberCard</name>
    <message>
        <source>正在等待中心答复…</source>
        <translation>Waiting for the center…</translation>
    </message>
    <message>
        <source>这是本机编号，网络恢复后自动上传，凭此号也能查询。</source>
        <translation>This is a local number. Your case is sent on when the network is back; this number finds it too.</translation>
    </message>
</context>
<context>
    <name>NumberKeys</name>
    <message>
        <source>删除</source>
        <translation>Delete</translation>
    </message>
</context>
<context>
    <name>OutOfService</name>
    <message>
        <source>开始时间：%1</source>
        <translation>Since %1</translation>
    </message>
    <message>
        <source>需要帮助，请拨打 %1</source>
        <translation>For help, call %1</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>回到首页</source>
        <translation>Back to the start</translation>
    </message>
    <message>
        <source>再查一件</source>
        <translation>Look up another</translation>
    </message>
    <message>
        <source>正在查询…</source>
        <translation>Searching…</translation>
    </message>
    <message>
        <source>查询</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>办件编号</source>
        <translation>Case number</translation>
    </message>
</context>
<context>
    <name>Promise</name>
    <message>
        <source>我已阅读并承诺</source>
        <translation>I have read this and promise</translation>
    </message>
    <message>
        <source>请先看完全文</source>
        <translation>Please read to the end</translation>
    </message>
</context>
<context>
    <name>Rate</name>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>不评价</source>
        <translation>No, thanks</translation>
    </message>
    <message>
        <source>收起</source>
        <translation>Hide keys</translation>
    </message>
    <message>
        <source>还想说什么？点这里写（不写也行）</source>
        <translation>Anything else? Touch here to write (you need not)</translation>
    </message>
    <message>
        <source>还想说什么</source>
        <translation>Anything else</translation>
    </message>
</context>
<context>
    <name>Result</name>
    <message>
        <source>完成</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>再打印一次</source>
        <translation>Print again</translation>
    </message>
    <message>
        <source>接下来</source>
        <translation>What happens next</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>确认提交</source>
        <translation>Confirm and submit</translation>
    </message>
    <message>
        <source>修改</source>
        <translation>Change</translation>
    </message>
</context>
<context>
    <name>ScrollArea</name>
    <message>
        <source>已到末尾</source>
        <translation>End of the page</translation>
    </message>
    <message>
        <source>更多内容</source>
        <translation>More</translation>
    </message>
</context>
<context>
    <name>SearchBox</name>
    <message>
        <source>想办什么事？点这里写</source>
        <translation>What do you need? Touch here to write</translation>
    </message>
    <message>
        <source>找要办的事</source>
        <translation>Find a service</translation>
    </message>
    <message>
        <source>清空</source>
        <translation>Clear</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Sign</name>
    <message>
        <source>完成签名</source>
        <translation>Done signing</translation>
    </message>
    <message>
        <source>重写</source>
        <translation>Clear</translation>
    </message>
    <message>
        <source>请在这里用手指签名</source>
        <translation>Sign here with your finger</translation>
    </message>
</context>
<context>
    <name>Submit</name>
    <message>
        <source>请稍候，不要离开</source>
        <translation>One moment, please stay</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>瓯e办</source>
        <translation>瓯e办</translation>
    </message>
    <message>
        <source>政务服务自助终端</source>
        <translation>Government services, self-service</translation>
    </message>
    <message>
        <source>离线</source>
        <translation>Offline</translation>
    </message>
</context>
</TS>
