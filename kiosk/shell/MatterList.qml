pragma ComponentBehavior: Bound

import QtQuick
import Kiosk
import "parts"

PageFrame {
    id: list

    readonly property MatterListPage page_: shell.matterList
    property string typed: page_.question
    property bool typing: false
    readonly property string question: typed + (typing ? shell.pinyin.spelling.replace(/[^a-z]/g, "") : "")

    function begin() {
        typing = false;
        put(page_.question);
        scroll.toTop();
    }

    function close() {
        typed = question;
        typing = false;
    }

    function put(words: string) {
        shell.pinyin.clear();
        typed = words;
    }

    function open(group: string) {
        put("");
        typing = false;
        shell.openGroup(group);
    }

    forwardName: "progress"
    forwardText: ""
    otherName: "progress"
    otherText: qsTr("查询办件进度")
    page: page_
    panelShown: typing
    symbol: "welcome"
    symbolScale: 0.84
    scroll.spacing: page_.searchable ? Theme.space : Theme.wide

    onOther: shell.openProgress()
    onQuestionChanged: {
        if (question !== page_.question)
            shell.search(question);
    }

    panel: Keyboard {
        kind: !list.typing ? "digits" : (list.shell.language === "en" ? "latin" : "chinese")
        next: qsTr("收起")
        shell: list.shell
        width: parent.width

        onErased: list.typed = list.typed.slice(0, -1)
        onFinished: list.close()
        onTyped: text => list.typed += text
    }

    Connections {
        function onPageChanged() {
            list.begin();
        }

        target: list.shell
    }

    Connections {
        function onUpdated() {
            if (list.page_.question.trim() !== list.question.trim())
                list.put(list.page_.question);
        }

        target: list.page_
    }

    SearchBox {
        active: list.typing
        text: list.question
        visible: list.page_.searchable
        width: parent.width

        onAsked: list.typing = true
        onCleared: list.put("")
    }

    Words {
        color: Theme.inkSoft
        text: qsTr("写几个字、拼音或首字母都行，例如：社保、驾照、lnz")
        visible: list.typing && list.question === ""
        width: parent.width
    }

    Picture {
        height: Math.min(Theme.mm(110), list.viewHeight - cards.height - Theme.wide)
        portion: list.symbolScale
        symbol: list.symbol
        visible: !list.landscape && !list.page_.searchable && height > Theme.mm(44)
        width: parent.width
    }

    ProblemNote {
        ground: Theme.careSoft
        ink: Theme.care
        objectName: "nothing"
        symbol: "info"
        text: list.page_.nothing
        width: parent.width
    }

    Column {
        id: cards

        spacing: Theme.space
        width: parent.width

        SectionTitle {
            text: list.page_.tilesLabel

            onTextChanged: list.scroll.toTop()
        }

        Repeater {
            model: list.page_.tiles

            MatterCard {
                brief: list.page_.searchable
                width: parent ? parent.width : 0

                onTapped: list.shell.openMatter(itemId)
            }
        }
    }

    GroupGrid {
        groups: list.page_.events
        title: list.page_.eventsLabel
        visible: list.page_.grouped
        width: parent.width

        onChosen: group => list.open(group)
    }

    GroupGrid {
        groups: list.page_.departments
        title: list.page_.departmentsLabel
        visible: list.page_.grouped
        width: parent.width

        onChosen: group => list.open(group)
    }

    ActionButton {
        objectName: "moreMatters"
        primary: false
        symbol: "down"
        visible: list.page_.moreLabel !== ""
        width: parent.width
        words: list.page_.moreLabel

        onTapped: list.shell.showMore()
    }

    ActionButton {
        objectName: "report"
        primary: false
        symbol: "help"
        visible: list.page_.reportLabel !== ""
        width: parent.width
        words: list.page_.reportLabel

        onTapped: list.shell.report()
    }

    ActionButton {
        objectName: "group:all"
        primary: false
        symbol: "list"
        visible: list.page_.allLabel !== ""
        width: parent.width
        words: list.page_.allLabel

        onTapped: list.open("all")
    }
}
