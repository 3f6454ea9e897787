pragma ComponentBehavior: Bound

import QtQuick

// What the cards below it have in common.
Words {
    Accessible.name: text
    Accessible.role: Accessible.Heading
    color: Theme.accent
    font.bold: true
    font.pixelSize: Theme.lead
    visible: text !== ""
    width: parent ? parent.width : 0
}
