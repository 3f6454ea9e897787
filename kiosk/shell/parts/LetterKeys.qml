pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Latin letters; with the pinyin engine, Chinese by pinyin and candidates to press.
Column {
    id: pad

    property Shell shell: null
    property bool chinese: false
    property string next: ""
    property bool code: false  // a number of letters and digits: capitals only, no space
    property bool capital: code
    property bool plainLetters: false
    readonly property bool hasPinyin: chinese && shell !== null && shell.pinyin.available
    readonly property bool pinyin: hasPinyin && !plainLetters
    readonly property real each: (width - Theme.gap * 9) / 10

    signal typed(string text)
    signal erased
    signal finished

    function key(text: string) {
        if (!pinyin || text < "a" || text > "z") {
            typed(text);
            return;
        }
        typed(shell.pinyin.key(text));
    }

    function erase() {
        if (pinyin && shell.pinyin.spelling !== "")
            shell.pinyin.erase();
        else
            erased();
    }

    function prepare() {
        if (shell !== null && chinese)
            shell.pinyin.prepare();
    }

    Component.onCompleted: prepare()
    Component.onDestruction: {
        if (shell !== null)
            shell.pinyin.clear();
    }

    spacing: Theme.gap

    onChineseChanged: prepare()

    Candidates {
        shell: pad.shell
        visible: pad.pinyin
        width: parent.width

        onPicked: text => pad.typed(text)
    }

    KeyRow {
        each: pad.each
        letters: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]

        onTyped: text => pad.key(text)
    }

    KeyRow {
        capital: pad.capital
        each: pad.each
        letters: ["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"]

        onTyped: text => pad.key(text)
    }

    KeyRow {
        anchors.horizontalCenter: parent.horizontalCenter
        capital: pad.capital
        each: pad.each
        letters: ["a", "s", "d", "f", "g", "h", "j", "k", "l"]

        onTyped: text => pad.key(text)
    }

    Row {
        spacing: Theme.gap

        Key {
            chosen: pad.capital
            objectName: "key:shift"
            special: true
            symbol: "shift"
            width: pad.each * 1.5
            words: qsTr("大写")

            onTapped: pad.capital = !pad.capital
        }

        KeyRow {
            capital: pad.capital
            each: (pad.width - pad.each * 3 - Theme.gap * 8) / 7
            letters: ["z", "x", "c", "v", "b", "n", "m"]

            onTyped: text => pad.key(text)
        }

        Key {
            objectName: "key:erase"
            special: true
            symbol: "erase"
            width: pad.each * 1.5
            words: qsTr("删除")

            onTapped: pad.erase()
        }
    }

    Row {
        spacing: Theme.gap

        Key {
            label: pad.pinyin ? "EN" : "中"
            objectName: "key:mode"
            special: true
            visible: pad.hasPinyin
            width: pad.each * 1.5
            words: qsTr("中英文")

            onTapped: {
                pad.shell.pinyin.clear();
                pad.plainLetters = !pad.plainLetters;
            }
        }

        KeyRow {
            id: marks

            each: pad.each
            letters: pad.code ? ["-", "<"] : (pad.chinese ? ["-", ".", "(", ")"] : ["-", ".", "@"])

            onTyped: text => pad.key(text)
        }

        Key {
            enabled: !pad.code
            label: pad.code ? "" : qsTr("空格")
            objectName: "key:space"
            width: pad.width - marks.width - Theme.gap * 2 - pad.each * 2 - (pad.hasPinyin ? pad.each * 1.5 + Theme.gap : 0)
            words: label

            onTapped: {
                if (pad.pinyin && pad.shell.pinyin.spelling !== "")
                    pad.typed(pad.shell.pinyin.pick(0));
                else
                    pad.typed(" ");
            }
        }

        Key {
            label: pad.next
            objectName: "key:next"
            special: true
            width: pad.each * 2
            words: pad.next

            onTapped: pad.finished()
        }
    }
}
