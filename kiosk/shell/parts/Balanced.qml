pragma ComponentBehavior: Bound

import QtQuick

// Words that leave no lone character on the last line; centred ones get lines of about one length.
Words {
    id: words

    readonly property bool centred: horizontalAlignment === Text.AlignHCenter
    readonly property bool spaced: /[a-z] /.test(text)
    readonly property real natural: metrics.advanceWidth
    readonly property int lines: whole.lineCount
    readonly property real last: natural - (lines - 1) * width
    readonly property real wished: {
        if (lines < 2)
            return 0;
        if (centred)
            return Math.max(0, width - natural / lines * 1.04 - font.pixelSize * (spaced ? 1.3 : 1));
        return last < font.pixelSize * 2.6 ? font.pixelSize * 1.7 : 0;
    }
    readonly property real spare: !centred || narrow.lineCount === lines ? wished : 0  // never a line more than it takes

    leftPadding: centred ? spare / 2 : 0
    rightPadding: centred ? spare / 2 : spare

    TextMetrics {
        id: metrics

        font: words.font
        text: words.text
    }

    Text {
        id: whole

        font: words.font
        text: words.text
        textFormat: Text.PlainText
        visible: false
        width: words.width
        wrapMode: words.wrapMode
    }

    Text {
        id: narrow

        font: words.font
        text: words.text
        textFormat: Text.PlainText
        visible: false
        width: words.width - words.wished
        wrapMode: words.wrapMode
    }
}
