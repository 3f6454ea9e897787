pragma ComponentBehavior: Bound

import QtQuick

// A big labelled button; `primary` is the one way forward. Words too long for one line take two, and the button grows.
Pressable {
    id: button

    property bool primary: true
    property string symbol: ""
    property real textSize: Theme.button
    readonly property real beside: symbol === "" ? 0 : Theme.mm(9) + Theme.space  // the symbol's share of the width
    readonly property real share: width - Theme.space * 2 - beside  // what the words have of it
    readonly property bool parts: /[ \u2e80-\uffff]/.test(words)  // there is a place to begin another line
    readonly property bool wrapped: parts && one.advanceWidth > share
    readonly property real even: two.lineCount > 2 ? share : two.width  // both lines of about one length, if they hold it

    implicitHeight: wrapped ? Math.max(Theme.mm(21), one.height * 2 + Theme.mm(2)) : Theme.mm(21)
    implicitWidth: Theme.mm(60)
    words: ""

    TextMetrics {
        id: one

        font.bold: true
        font.family: Theme.family
        font.pixelSize: button.textSize
        text: button.words
    }

    Text {
        id: two

        font: one.font
        text: button.wrapped ? button.words : ""
        textFormat: Text.PlainText
        visible: false
        width: Math.min(button.share, one.advanceWidth / 2 + button.textSize * 1.3)
        wrapMode: Text.Wrap
    }

    Rectangle {
        anchors.fill: parent
        border.color: button.enabled ? (button.primary ? Theme.accent : Theme.edge) : (Theme.plain ? Theme.line_ : Theme.disabledInk)
        border.width: Theme.lineStrong / 2
        color: !button.enabled ? Theme.disabled : button.primary ? (button.down ? Theme.accentPressed : Theme.accent) : (button.down ? Theme.pressed : Theme.surface)
        radius: Theme.radius

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            colour: label.color
            fill: button.primary ? Theme.accent : Theme.surface
            name: button.symbol === "" ? "document" : button.symbol
            size: Theme.mm(9)
            visible: button.symbol !== ""
            x: (button.width - button.beside - label.width) / 2
        }

        Words {
            id: label

            anchors.verticalCenter: parent.verticalCenter
            color: !button.enabled ? Theme.disabledInk : (button.primary ? Theme.accentInk : Theme.accent)
            font.bold: true
            font.pixelSize: button.textSize
            fontSizeMode: Text.Fit
            height: button.height - Theme.mm(1)
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1
            maximumLineCount: 2
            minimumPixelSize: Theme.em(3.6)
            text: button.words
            verticalAlignment: Text.AlignVCenter
            width: button.wrapped ? button.even : Math.min(Math.ceil(one.advanceWidth) + 2, button.share)
            x: (button.width + button.beside - width) / 2
        }
    }
}
