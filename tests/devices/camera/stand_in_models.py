"""Two tiny networks with YuNet's and SFace's inputs and outputs: they run in OpenCV's own classes, and know no faces.

The detector takes whatever has the colour of the twin's skin for a face, the recogniser tells light from dark.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from devices.camera.contract import Frame
from devices.camera.twin_face import draw_face

REDDER = ((-1 / 60, 0.0, 1 / 60),)  # of blue, green, red: 1 where red is 60 grey levels above blue
LANDMARKS = (-0.5, -0.3, 1.5, -0.3, 0.5, 0.6, -0.3, 1.4, 1.3, 1.4)  # eyes, nose, corners of the mouth; in cells
CELLS = (5.0, 6.0)  # a found face's width and height


def _save(path: Path, nodes: list[NodeProto], wires: tuple[ValueInfoProto, list[ValueInfoProto]], held: dict) -> Path:
    tensors = [numpy_helper.from_array(array, name) for name, array in held.items()]
    graph = helper.make_graph(nodes, path.stem, [wires[0]], wires[1], tensors)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)]), path)
    return path


def _wire(name: str, *shape: int) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def make_detector(path: Path) -> Path:
    nodes, outputs, held = [], [], {}
    for stride in (8, 16, 32):
        pool = f"pool{stride}"
        nodes.append(
            helper.make_node("AveragePool", ["input"], [pool], kernel_shape=[stride] * 2, strides=[stride] * 2)
        )
        told = {
            "cls": (REDDER, (0.0,)),
            "obj": (((0.0,) * 3,), (1.0 if stride == 32 else 0.0,)),
            "bbox": (((0.0,) * 3,) * 4, (0.5, 0.5, *np.log(CELLS))),
            "kps": (((0.0,) * 3,) * 10, LANDMARKS),
        }
        for name, (weights, offsets) in told.items():
            own, width = f"{name}_{stride}", len(offsets)
            held |= {
                f"{own}w": np.array(weights, np.float32).reshape(width, 3, 1, 1),
                f"{own}b": np.array(offsets, np.float32),
                f"{own}s": np.array([1, -1, width], np.int64),
            }
            nodes += [
                helper.make_node("Conv", [pool, f"{own}w", f"{own}b"], [f"{own}c"], kernel_shape=[1, 1]),
                helper.make_node("Transpose", [f"{own}c"], [f"{own}t"], perm=[0, 2, 3, 1]),
                helper.make_node("Reshape", [f"{own}t", f"{own}s"], [own]),
            ]
            outputs.append(_wire(own, 1, (640 // stride) ** 2, width))
    return _save(path, nodes, (_wire("input", 1, 3, 640, 640), outputs), held)


def make_recogniser(path: Path) -> Path:
    nodes = [
        helper.make_node("AveragePool", ["data"], ["light"], kernel_shape=[14, 14], strides=[14, 14]),
        helper.make_node("Conv", ["light", "weights", "offsets"], ["told"], kernel_shape=[1, 1]),
        helper.make_node("Reshape", ["told", "shape"], ["fc1"]),
    ]
    held = {
        "weights": np.array(((1, 1, 1), (1, 0, -1)), np.float32).reshape(2, 3, 1, 1) / 3,
        "offsets": np.array((-140, -24), np.float32),
        "shape": np.array([1, 128], np.int64),
    }
    return _save(path, nodes, (_wire("data", 1, 3, 112, 112), [_wire("fc1", 1, 128)]), held)


def card_portrait(*, another: bool = False) -> Frame:
    """102×126 px, of the person before the twin's camera; or head down, which the recogniser takes for another."""
    portrait = np.full((126, 102, 3), 230, np.uint8)
    portrait[13:113, 1:101] = draw_face(100)
    return np.ascontiguousarray(portrait[::-1]) if another else portrait
