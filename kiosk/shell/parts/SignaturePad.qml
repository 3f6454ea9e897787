pragma ComponentBehavior: Bound

import QtQuick

// A finger's strokes on white paper; `picture()` is a PNG data URL.
Rectangle {
    id: pad

    property string hint: ""
    property bool empty: true

    function clear() {
        empty = true;
        const pen = canvas.getContext("2d");
        pen.fillStyle = Theme.paper;
        pen.fillRect(0, 0, canvas.width, canvas.height);
        canvas.requestPaint();
    }

    function picture(): string {
        return canvas.toDataURL("image/png");
    }

    function stroke(x: real, y: real) {
        const pen = canvas.getContext("2d");
        pen.strokeStyle = Theme.pen;
        pen.lineWidth = Theme.mm(1.3);
        pen.lineCap = "round";
        pen.lineJoin = "round";
        pen.beginPath();
        pen.moveTo(area.lastX, area.lastY);
        pen.lineTo(x, y);
        pen.stroke();
        area.lastX = x;
        area.lastY = y;
        canvas.requestPaint();
    }

    Accessible.name: hint
    Accessible.role: Accessible.Canvas
    border.color: Theme.plain ? Theme.edge : Theme.strong
    border.width: Theme.lineStrong
    color: Theme.paper
    objectName: "signature"
    radius: Theme.radius

    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.penSoft
        height: Theme.line
        opacity: 0.6
        width: parent.width * 0.86
        y: parent.height * 0.72
    }

    Words {
        anchors.horizontalCenter: parent.horizontalCenter
        color: Theme.penSoft
        font.pixelSize: Theme.lead
        horizontalAlignment: Text.AlignHCenter
        text: pad.hint
        visible: pad.empty
        width: parent.width * 0.86
        y: parent.height * 0.76
    }

    Canvas {
        id: canvas

        anchors.fill: parent
        anchors.margins: Theme.lineStrong * 2
        renderStrategy: Canvas.Immediate
        renderTarget: Canvas.Image

        MouseArea {
            id: area

            property real lastX: 0
            property real lastY: 0
            property real fromX: 0
            property real fromY: 0

            anchors.fill: parent
            preventStealing: true

            onPositionChanged: mouse => {
                pad.stroke(mouse.x, mouse.y);
                if (Math.abs(mouse.x - fromX) + Math.abs(mouse.y - fromY) > Theme.mm(3))
                    pad.empty = false;
            }
            onPressed: mouse => {
                fromX = lastX = mouse.x;
                fromY = lastY = mouse.y;
            }
        }
    }
}
