pragma ComponentBehavior: Bound

import QtQuick

// A big labelled button; `primary` is the one way forward.
Pressable {
    id: button

    property bool primary: true
    property string symbol: ""
    property real textSize: Theme.button
    readonly property real beside: symbol === "" ? 0 : Theme.mm(9) + Theme.space  // the symbol's share of the width

    implicitHeight: Theme.mm(21)
    implicitWidth: Theme.mm(60)
    words: ""

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
            width: Math.min(implicitWidth, button.width - Theme.space * 2 - button.beside)
            x: (button.width + button.beside - width) / 2
        }
    }
}
