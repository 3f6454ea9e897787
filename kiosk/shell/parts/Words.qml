pragma ComponentBehavior: Bound

import QtQuick

Text {
    readonly property real half: Math.max(0, Math.round(font.pixelSize * ((lineHeight - 1) * 0.72 - 0.02)))

    bottomPadding: -half  // Qt adds all of the leading below a line: half of it belongs above
    color: Theme.ink
    elide: Text.ElideNone
    font.family: Theme.family
    font.pixelSize: Theme.body
    lineHeight: Theme.leading
    textFormat: Text.PlainText
    topPadding: half
    wrapMode: Text.Wrap
}
