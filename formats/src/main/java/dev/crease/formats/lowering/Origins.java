package dev.crease.formats.lowering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which nodes of a file's graph made a form. An origin is the number of an entry here: the node
 * that made the form, and the origins of what it merged into it. Forms of one tensor have few
 * origins between them.
 */
public final class Origins {

  /** Of what no node made: inputs, constants, the plain values of neurons. */
  static final int NONE = 0;

  private static final int NO_NODE = -1;

  /**
   * An origin.
   *
   * @param node the node that made the form last
   * @param merged origins of what it was made from, none of them of the same node
   */
  private record Entry(int node, List<Integer> merged) {}

  private final List<Entry> entries = new ArrayList<>(List.of(new Entry(NO_NODE, List.of())));
  private final Map<Entry, Integer> ids = new HashMap<>();
  private final BitSet makers = new BitSet();
  private final Map<Long, Integer> ofPairs = new HashMap<>();
  private int node = NO_NODE;
  private int lastA = NO_NODE;
  private int lastB;
  private int last;

  /** What is made from here on is made by a node, counted from 0. */
  public void begin(int next) {
    node = next;
    ofPairs.clear();
    lastA = NO_NODE;
  }

  /** What is made from here on is made by no node. */
  public void end() {
    begin(NO_NODE);
  }

  /** The origin of what the present node makes of two forms, by their origins. */
  int of(int a, int b) {
    if (node == NO_NODE) {
      return NONE;
    }
    // One after the other, the forms of a tensor mostly have the same.
    if (a != lastA || b != lastB) {
      last = ofPairs.computeIfAbsent(((long) a << Integer.SIZE) | b, pair -> entry(a, b));
      lastA = a;
      lastB = b;
    }
    return last;
  }

  private int entry(int a, int b) {
    TreeSet<Integer> merged = new TreeSet<>();
    for (int origin : new int[] {a, b}) {
      if (origin != NONE && entries.get(origin).node() == node) {
        merged.addAll(entries.get(origin).merged());
      } else if (origin != NONE) {
        merged.add(origin);
      }
    }
    return ids.computeIfAbsent(
        new Entry(node, List.copyOf(merged)),
        entry -> {
          entries.add(entry);
          makers.set(node);
          return entries.size() - 1;
        });
  }

  /** The node that made a form last; negative for {@link #NONE}. */
  int maker(int origin) {
    return entries.get(origin).node();
  }

  /** Whether a node made anything, and did not only move what others made. */
  public boolean hasMade(int other) {
    return makers.get(other);
  }

  /** The nodes that some forms were made by, counted from 0. */
  BitSet nodes(BitSet origins) {
    BitSet nodes = new BitSet();
    BitSet seen = (BitSet) origins.clone();
    seen.clear(NONE);
    Deque<Integer> stack = new ArrayDeque<>();
    seen.stream().forEach(stack::push);
    while (!stack.isEmpty()) {
      Entry entry = entries.get(stack.pop());
      nodes.set(entry.node());
      for (int origin : entry.merged()) {
        if (!seen.get(origin)) {
          seen.set(origin);
          stack.push(origin);
        }
      }
    }
    return nodes;
  }
}
