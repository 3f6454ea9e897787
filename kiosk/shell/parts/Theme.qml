pragma ComponentBehavior: Bound
pragma Singleton
import QtQuick

// Every size is millimetres x pixelsPerMm; every colour is one of four themes (ux.md, section 1).
QtObject {
    property real pixelsPerMm: 4.03
    property int textStep: 1
    property string contrast: "standard"

    // sizes
    readonly property real touch: mm(20)
    readonly property real touchLeast: mm(12.7)
    readonly property real touchKey: mm(15.6)
    readonly property real field: mm(20)
    readonly property real gap: mm(2.54)
    readonly property real space: mm(4)
    readonly property real wide: mm(6.5)
    readonly property real margin: mm(11)
    readonly property real radius: mm(3.2)
    readonly property real sign: Math.max(mm(9), em(capital))  // a small icon beside words
    readonly property real line: Math.max(1, mm(0.35))
    readonly property real lineStrong: Math.max(2, mm(0.8))

    // text: capital heights in mm; a capital of Noto Sans CJK is 0.733 of its em
    readonly property list<real> capitals: [4.2, 5.6, 7.1, 9.0]
    readonly property real capital: capitals[textStep]
    readonly property real small: em(Math.max(3.9, Math.min(5.2, capital * 0.5 + 1.9)))
    readonly property real body: em(capital)
    readonly property real caption: em(Math.max(4.0, capital * 0.92))
    readonly property real lead: em(Math.min(10, capital * 0.9 + 1.9))
    readonly property real title: em(Math.min(12.5, capital * 0.75 + 5.6))
    readonly property real display: em(Math.min(17, capital * 0.6 + 11.4))
    readonly property real chromeText: em(Math.min(5.2, capital * 0.5 + 2.1))
    readonly property real button: em(Math.min(8.6, capital * 0.55 + 3.6))
    readonly property real keyText: em(7)
    readonly property real leading: 1.16  // of the font's own 1.45 em
    readonly property real leadingTight: 1.04
    readonly property string family: "Noto Sans CJK SC"

    // colours
    readonly property bool plain: contrast === "standard"
    readonly property bool light: plain || contrast === "high"
    readonly property color strong: contrast === "amber" ? "#ffd84a" : (light ? "#000000" : "#ffffff")
    readonly property color page: plain ? "#faf8f4" : (light ? "#ffffff" : "#000000")
    readonly property color surface: plain ? "#ffffff" : page
    readonly property color sunken: plain ? "#f1eee7" : page
    readonly property color ink: plain ? "#12262c" : strong
    readonly property color inkSoft: plain ? "#22363d" : strong
    readonly property color accent: plain ? "#053c4a" : strong
    readonly property color accentPressed: plain ? "#022a35" : (light ? "#404040" : "#bdbdbd")
    readonly property color accentSoft: plain ? "#dfeeef" : page
    readonly property color accentInk: plain ? "#ffffff" : page
    readonly property color pressed: plain ? "#cde3e5" : (light ? "#d0d0d0" : "#333333")
    readonly property color line_: plain ? "#d9d5cb" : strong
    readonly property color edge: plain ? "#73868a" : strong
    readonly property color disabled: plain ? "#e6e3dc" : page
    readonly property color disabledInk: plain ? "#34444a" : (light ? "#595959" : (contrast === "amber" ? "#b39a40" : "#a6a6a6"))
    readonly property color problem: plain ? "#6b0d0d" : strong
    readonly property color problemSoft: plain ? "#fbeae6" : page
    readonly property color care: plain ? "#4f3200" : strong
    readonly property color careSoft: plain ? "#fdf1d8" : page
    readonly property color good: plain ? "#0a3f26" : strong
    readonly property color goodSoft: plain ? "#e3f2e8" : page
    readonly property color paper: "#ffffff"
    readonly property color pen: "#0b1d3a"
    readonly property color penSoft: "#33404f"
    readonly property color veil: "#0d1f24"

    function mm(length: real): real {
        return Math.round(length * pixelsPerMm);
    }

    function em(capitalHeight: real): real {
        return Math.round(capitalHeight * pixelsPerMm / 0.733);
    }

    function icon(name: string, line: color, fill: color): string {
        return "image://icon/" + name + "/" + hex(line) + "/" + hex(fill);
    }

    function hex(colour: color): string {
        return colour.toString().slice(-6);
    }
}
