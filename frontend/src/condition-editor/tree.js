// A condition's document as the editor changes it: the nodes are those of docs/conditions.md, found by identity.
const LISTS = ["all", "any"];
const WRAPPERS = ["not", "held", "became"];

export function kindOf(node) {
  return [...LISTS, ...WRAPPERS].find((kind) => kind in node) ?? "field";
}

export function isList(node) {
  return LISTS.includes(kindOf(node));
}

export function isWrapper(node) {
  return WRAPPERS.includes(kindOf(node));
}

export function partsOf(node) {
  if (isList(node)) return node[kindOf(node)];
  return isWrapper(node) ? [node[kindOf(node)]] : [];
}

// [[part, its path]]: the paths the server's errors name.
export function placesOf(node, path) {
  const kind = kindOf(node);
  const here = path ? `${path}.${kind}` : kind;
  return partsOf(node).map((part, number) => [part, isList(node) ? `${here}[${number}]` : here]);
}

export function parentOf(root, node) {
  if (partsOf(root).includes(node)) return root;
  for (const part of partsOf(root)) {
    const found = parentOf(part, node);
    if (found) return found;
  }
  return null;
}

export function depthOf(node) {
  return 1 + Math.max(0, ...partsOf(node).map(depthOf));
}

// Each of these gives the root as it is then.
export function replace(root, node, other) {
  if (root === node) return other;
  const parent = parentOf(root, node);
  const kind = kindOf(parent);
  if (isList(parent)) parent[kind].splice(parent[kind].indexOf(node), 1, other);
  else parent[kind] = other;
  return root;
}

export function remove(root, node) {
  if (root === node) return { all: [] };
  const parent = parentOf(root, node);
  if (!isList(parent)) return remove(root, parent);
  const parts = partsOf(parent);
  if (parts.length === 1) return remove(root, parent); // no group stays empty but the outermost
  parts.splice(parts.indexOf(node), 1);
  return root;
}

// Puts a part behind `node`, into the list it stands in; what stands in none gets one around it.
export function addAfter(root, node, part) {
  const parent = parentOf(root, node);
  if (parent && isList(parent)) {
    const parts = partsOf(parent);
    parts.splice(parts.indexOf(node) + 1, 0, part);
    return root;
  }
  return replace(root, node, { all: [node, part] });
}

export function wrap(root, node, kind) {
  const around = LISTS.includes(kind) ? { [kind]: [node] } : { [kind]: node, ...(kind === "not" ? {} : { days: 30 }) };
  return replace(root, node, around);
}

export function canUnwrap(root, node) {
  const parent = parentOf(root, node);
  return kindOf(node) !== "field" && (partsOf(node).length === 1 || Boolean(parent && isList(parent)));
}

export function unwrap(root, node) {
  const parts = partsOf(node);
  const parent = parentOf(root, node);
  if (!parent || !isList(parent)) return replace(root, node, parts[0]);
  partsOf(parent).splice(partsOf(parent).indexOf(node), 1, ...parts);
  return root;
}

// One place up or down as it is seen: into a group that comes next, out of the group at its end.
export function move(root, node, step) {
  const parent = parentOf(root, node);
  if (!parent) return root;
  if (!isList(parent)) return move(root, parent, step);
  const parts = partsOf(parent);
  const at = parts.indexOf(node);
  const next = parts[at + step];
  if (next && isList(next)) {
    parts.splice(at, 1);
    next[kindOf(next)].splice(step > 0 ? 0 : partsOf(next).length, 0, node);
  } else if (next) {
    parts.splice(at, 1);
    parts.splice(at + step, 0, node);
  } else {
    return moveOut(root, node, parent, step);
  }
  return root;
}

function moveOut(root, node, parent, step) {
  let inner = parent;
  let outer = parentOf(root, inner);
  while (outer && !isList(outer)) [inner, outer] = [outer, parentOf(root, outer)];
  if (!outer) return root;
  partsOf(parent).splice(partsOf(parent).indexOf(node), 1);
  partsOf(outer).splice(partsOf(outer).indexOf(inner) + (step > 0 ? 1 : 0), 0, node);
  return partsOf(parent).length ? root : remove(root, parent);
}
