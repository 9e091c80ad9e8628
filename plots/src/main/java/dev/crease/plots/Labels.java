package dev.crease.plots;

import java.util.List;

/**
 * The words of a picture.
 *
 * @param title what was asked
 * @param inputs names of the two inputs
 * @param outputs names of the outputs
 */
public record Labels(String title, List<String> inputs, List<String> outputs) {

  /** Copies the names. */
  public Labels {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
