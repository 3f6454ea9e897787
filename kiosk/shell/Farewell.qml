pragma ComponentBehavior: Bound

import QtQuick
import "parts"

PageFrame {
    id: farewell

    centred: true
    forwardName: "finish"
    forwardText: qsTr("回到首页")
    page: shell.farewell
    symbol: "success"
    symbolColour: Theme.good
    symbolGround: Theme.goodSoft

    onForward: shell.goHome()

    Statement {
        colour: Theme.good
        fill: Theme.goodSoft
        headline: farewell.shell.farewell.message
        symbol: farewell.landscape ? "" : farewell.symbol
        width: parent.width
    }

    Item {
        height: Theme.wide
        width: 1
    }

    Repeater {
        model: farewell.shell.farewell.reminders

        ProblemNote {
            required property string modelData

            ground: Theme.accentSoft
            ink: Theme.accent
            symbol: "take"
            text: modelData
            width: parent ? parent.width : 0
        }
    }
}
