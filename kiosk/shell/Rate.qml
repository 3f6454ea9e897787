pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: rate

    property int level: shell.rate.level
    property list<string> tags: []
    property string text: ""
    property bool writing: false

    // One touch is enough: each is noted at once, and what is noted last counts.
    function note() {
        if (level > 0)
            shell.giveRating(level, tags, text);
    }


    forwardEnabled: level > 0
    forwardText: qsTr("完成")
    otherName: "skip"
    otherText: shell.rate.skipLabel === "" ? qsTr("不评价") : shell.rate.skipLabel
    page: shell.rate
    panelShown: writing
    symbol: "face-5"

    onForward: shell.proceed()
    onOther: shell.skip()

    panel: Keyboard {
        kind: !rate.writing ? "digits" : (rate.shell.language === "en" ? "latin" : "chinese")
        next: qsTr("收起")
        shell: rate.shell
        width: parent.width

        onErased: {
            rate.text = rate.text.slice(0, -1);
            rate.note();
        }
        onFinished: rate.writing = false
        onTyped: text => {
            rate.text += text;
            rate.note();
        }
    }

    Timer {
        id: arrange

        interval: 1  // ms; after the keys have taken their place

        onTriggered: rate.scroll.bringIntoView(words_)
    }

    Repeater {
        model: rate.shell.rate.levels

        RateCard {
            readonly property bool current: rate.level === level

            chosen: current
            chosenTags: rate.tags
            leastHeight: Math.min(Theme.mm(38), (rate.viewHeight - Theme.mm(24)) / 5 - Theme.space)
            width: parent ? parent.width : 0

            onTagTapped: tag => {
                rate.tags = rate.tags.includes(tag) ? rate.tags.filter(other => other !== tag) : rate.tags.concat([tag]);
                rate.note();
            }
            onLevelTapped: {
                if (rate.level !== level)
                    rate.tags = [];
                rate.level = level;
                rate.note();
            }
        }
    }

    ProblemNote {
        objectName: "problem"
        text: rate.shell.rate.problem
        width: parent.width
    }

    ProblemNote {
        ground: Theme.goodSoft
        ink: Theme.good
        objectName: "noted"
        symbol: "success"
        text: rate.shell.rate.noted
        width: parent.width
    }

    EntryBox {
        id: words_

        active: rate.writing
        objectName: "field:text"
        placeholder: qsTr("还想说什么？点这里写（不写也行）")
        text: rate.text
        visible: rate.level > 0
        width: parent.width
        words: qsTr("还想说什么")

        onTapped: {
            rate.writing = true;
            arrange.restart();
        }
    }
}
