pragma ComponentBehavior: Bound

import QtQuick

// One of the small ways out along the bottom edge: an icon above its word.
Pressable {
    id: button

    required property string symbol

    implicitHeight: Theme.touch
    opacity: enabled ? 1 : 0.38

    Rectangle {
        anchors.fill: parent
        color: button.down ? Theme.pressed : Theme.surface
        radius: Theme.radius
        border.color: Theme.line_
        border.width: Theme.line
    }

    Column {
        anchors.centerIn: parent
        spacing: Theme.mm(0.4)

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            colour: Theme.accent
            name: button.symbol
            size: Theme.mm(7.6)
        }

        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            color: Theme.accent
            font.bold: true
            font.pixelSize: Theme.chromeText
            fontSizeMode: Text.HorizontalFit
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 1
            minimumPixelSize: Theme.em(3.5)
            text: button.words
            width: button.width - Theme.mm(1)
            wrapMode: Text.NoWrap
        }
    }
}
