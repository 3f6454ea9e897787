pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: choose

    property list<string> chosen: []
    readonly property bool multiple: shell.choose.multiple

    function toggle(option: string) {
        if (!multiple)
            chosen = [option];
        else if (chosen.includes(option))
            chosen = chosen.filter(other => other !== option);
        else
            chosen = chosen.concat([option]);
    }

    forwardEnabled: chosen.length > 0
    forwardText: qsTr("继续")
    page: shell.choose
    symbol: "list"

    onForward: shell.select(chosen)

    Words {
        color: Theme.accent
        font.bold: true
        font.pixelSize: Theme.lead
        text: choose.shell.choose.question + (choose.multiple ? qsTr("（可以选多项）") : "")
        visible: choose.shell.choose.question !== ""
        width: parent.width
    }

    ProblemNote {
        objectName: "problem"
        text: choose.shell.choose.problem
        width: parent.width
    }

    Evenly {
        id: cards

        leastHeight: Math.min(Theme.mm(36), (choose.viewHeight - Theme.mm(20)) / choose.shell.choose.options.count - Theme.space)
        model: choose.shell.choose.options
        width: parent.width

        OptionCard {
            required property string itemId
            required property string label
            required property bool selected

            chosen: choose.chosen.includes(itemId)
            evenHeight: Math.max(cards.tallest, cards.leastHeight)
            multiple: choose.multiple
            objectName: "option:" + itemId
            width: cards.each
            words: label

            Component.onCompleted: {
                if (selected && !choose.chosen.includes(itemId))
                    choose.chosen = choose.chosen.concat([itemId]);
            }
            onTapped: choose.toggle(itemId)
        }
    }
}
