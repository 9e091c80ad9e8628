package dev.crease.tree;

import java.util.concurrent.atomic.AtomicLong;

/** What the proof cost so far. May be used by several threads. */
final class Effort {

  private final AtomicLong nodes = new AtomicLong();
  private final AtomicLong programs = new AtomicLong();

  void node() {
    nodes.incrementAndGet();
  }

  void program() {
    programs.incrementAndGet();
  }

  long nodes() {
    return nodes.get();
  }

  long programs() {
    return programs.get();
  }
}
