package dev.crease.plots;

import dev.crease.certify.RadiusResult;
import dev.crease.network.ReluNetwork;
import dev.crease.regions.Preimage;
import dev.crease.regions.RegionMap;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture of what was certified about a network with two inputs, over its linear regions: on the
 * left the inputs, coloured by the Jacobian, with the centre, the certified ball, the claimed and
 * the refuted radius, the collision and the preimages of the centre's output; on the right, for a
 * network with two outputs, what it makes of them. The same values give the same bytes, but for the
 * fonts of a PNG.
 *
 * @param result what was certified
 * @param map the regions of the result's network
 * @param preimages of what the network gives at the centre; may be empty
 * @param labels the words
 * @param color what the colours of regions say
 */
public record RadiusPicture(
    RadiusResult result, RegionMap map, List<Preimage> preimages, Labels labels, RegionColor color)
    implements Picture {

  /**
   * Copies the preimages and checks that all fit.
   *
   * @throws IllegalArgumentException if the network has not exactly two inputs, none of them
   *     shared, or the map is not of two inputs
   */
  public RadiusPicture {
    ReluNetwork f = result.query().units().f();
    if (f.inputs() != 2 || !result.query().shared().isEmpty()) {
      throw new IllegalArgumentException(
          "a picture needs a network of two inputs, none of them shared");
    }
    if (map.window().dimension() != 2) {
      throw new IllegalArgumentException("the map is not of two inputs");
    }
    if (labels.inputs().size() != 2 || labels.outputs().size() != f.outputs()) {
      throw new IllegalArgumentException("there must be a name for each input and output");
    }
    preimages = List.copyOf(preimages);
  }

  /** A picture coloured by determinants. */
  public RadiusPicture(
      RadiusResult result, RegionMap map, List<Preimage> preimages, Labels labels) {
    this(result, map, preimages, labels, RegionColor.DETERMINANT);
  }

  @Override
  public String svg() {
    return Drawing.of(this).svg(labels.title());
  }

  @Override
  public BufferedImage image(double scale) {
    return Drawing.of(this).image(scale);
  }
}
