package dev.crease.regions;

import java.util.List;

/**
 * The linear regions of a network that meet a window in more than a face.
 *
 * @param window where
 * @param regions all of them when complete
 * @param complete whether none is missing
 */
public record RegionMap(Window window, List<Region> regions, boolean complete) {

  /** Copies the regions. */
  public RegionMap {
    regions = List.copyOf(regions);
  }
}
