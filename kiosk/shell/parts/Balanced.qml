pragma ComponentBehavior: Bound

import QtQuick

// Words that leave no lone character on the last line; centred ones get lines of about one length.
Words {
    id: words

    readonly property bool centred: horizontalAlignment === Text.AlignHCenter
    readonly property real natural: metrics.advanceWidth
    readonly property bool spaced: /[a-z] /.test(text)
    readonly property int lines: width > 0 ? Math.ceil(natural * (spaced && natural > width ? 1.06 : 1) / width) : 1  // words that do not fit leave room
    readonly property real last: natural - (lines - 1) * width
    readonly property real spare: {
        if (lines < 2)
            return 0;
        if (centred)
            return Math.max(0, width - natural / lines * 1.08 - font.pixelSize * (spaced ? 2.6 : 1));
        return last < font.pixelSize * 2.6 ? font.pixelSize * 1.7 : 0;
    }

    leftPadding: centred ? spare / 2 : 0
    rightPadding: centred ? spare / 2 : spare

    TextMetrics {
        id: metrics

        font: words.font
        text: words.text
    }
}
