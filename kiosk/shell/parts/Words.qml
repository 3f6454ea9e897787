pragma ComponentBehavior: Bound

import QtQuick

Text {
    color: Theme.ink
    elide: Text.ElideNone
    font.family: Theme.family
    font.pixelSize: Theme.body
    lineHeight: Theme.lineHeight
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
