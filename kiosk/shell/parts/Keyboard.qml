pragma ComponentBehavior: Bound

import QtQuick
import Kiosk

// Our own keys: digits, ID number with X, letters, pinyin, months. Writes nothing itself, says what was typed.
Rectangle {
    id: board

    property Shell shell: null
    property string kind: "digits"
    property string next: ""
    property string value: ""
    readonly property bool letters: kind === "latin" || kind === "chinese" || kind === "code" || kind === "plate"
    readonly property string corner: kind === "idNumber" ? "X" : (kind === "amount" ? "." : (kind === "phone" ? "+" : ""))

    signal typed(string text)
    signal erased
    signal replaced(string text)
    signal finished

    color: Theme.plain ? Theme.disabled : Theme.page
    border.color: Theme.plain ? "transparent" : Theme.strong
    border.width: Theme.line
    implicitHeight: keys.height + Theme.gap * 2
    objectName: "keyboard"
    radius: Theme.radius

    MouseArea {
        anchors.fill: parent
    }

    Loader {
        id: keys

        height: item ? (item as Item).implicitHeight : 0
        sourceComponent: board.kind === "month" ? months : (board.kind === "plate" && board.value === "" ? provinces : (board.letters ? letters_ : numbers))
        width: parent.width - Theme.gap * 2
        x: Theme.gap
        y: Theme.gap
    }

    Component {
        id: numbers

        NumberKeys {
            corner: board.corner
            next: board.next

            onErased: board.erased()
            onFinished: board.finished()
            onTyped: text => board.typed(text)
        }
    }

    Component {
        id: letters_

        LetterKeys {
            chinese: board.kind === "chinese"
            code: board.kind === "code" || board.kind === "plate"
            next: board.next
            shell: board.shell

            onErased: board.erased()
            onFinished: board.finished()
            onTyped: text => board.typed(text)
        }
    }

    Component {
        id: provinces

        ProvinceKeys {
            next: board.next

            onFinished: board.finished()
            onTyped: text => board.typed(text)
        }
    }

    Component {
        id: months

        MonthKeys {
            next: board.next
            value: board.value

            onFinished: board.finished()
            onReplaced: text => board.replaced(text)
        }
    }
}
