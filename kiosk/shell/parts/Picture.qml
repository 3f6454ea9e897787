pragma ComponentBehavior: Bound

import QtQuick

// A soft panel with one large drawing; gone where there is no room for it.
Rectangle {
    id: picture

    property string symbol: ""
    property real portion: 0.62  // of the panel's shorter side
    property color colour: Theme.accent

    color: Theme.accentSoft
    radius: Theme.radius
    visible: height > Theme.mm(34)

    Icon {
        anchors.centerIn: parent
        colour: picture.colour
        fill: Theme.plain ? Theme.paper : Theme.page
        name: picture.symbol
        size: Math.min(picture.height, picture.width, Theme.mm(170)) * picture.portion
    }
}
