package dev.crease.certify;

import java.util.ArrayList;
import java.util.List;

/** Notes as they come up, each once. May be added to from several threads. */
public final class Notes {

  private final List<Note> notes = new ArrayList<>();

  /** Nothing noted. */
  public Notes() {}

  /** Adds a note, unless it is there. */
  public synchronized void add(Note note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** A copy of all of them, in the order in which they came. */
  public synchronized List<Note> all() {
    return List.copyOf(notes);
  }
}
