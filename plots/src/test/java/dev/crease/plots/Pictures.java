package dev.crease.plots;

import dev.crease.bounds.Norm;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.network.Layer;
import dev.crease.network.Matrix;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.regions.Preimage;
import dev.crease.regions.RegionMap;
import dev.crease.regions.Window;
import dev.crease.witness.Witness;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.fraction.BigFraction;

/** Small questions and their pictures. */
final class Pictures {

  private Pictures() {}

  /** (x, y) -> (|x|, y), of which some outputs are looked at. */
  static ReluNetwork fold(int... outputs) {
    Layer hidden =
        Layer.relu(Matrix.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}), 0, 0, 0, 0);
    Layer last = Layer.linear(Matrix.of(new double[][] {{1, 1, 0, 0}, {0, 0, 1, -1}}), 0, 0);
    return ReluNetwork.of("fold", List.of(hidden, last)).selectOutputs(outputs);
  }

  static RadiusResult result(Query query, double certified, Optional<Witness> witness) {
    return RadiusResult.of(query, Proved.outright(certified))
        .witness(witness)
        .by("test", "by hand", "direct")
        .build();
  }

  /** The fold around (1, 0.25), certified to 0.75 and refuted at 1.5. */
  static RadiusPicture local(Norm norm) {
    Query query = Query.local(fold(0, 1), norm, 1, 0.25);
    Optional<Witness> witness =
        Witness.replay(query, new double[] {-0.5, 0.25}, new double[] {0.5, 0.25});
    return picture(result(query, 0.75, witness), "local", point(-1, 0.25), point(1, 0.25));
  }

  static RadiusPicture picture(RadiusResult result, String title, Preimage... preimages) {
    Window window = Window.around(result.query().center(), 3);
    return picture(result, PlanarRegions.of(result.query().f(), window), title, preimages);
  }

  static RadiusPicture picture(
      RadiusResult result, RegionMap map, String title, Preimage... preimages) {
    List<String> outputs =
        IntStream.range(0, result.query().f().outputs()).mapToObj(i -> "f" + i).toList();
    return new RadiusPicture(
        result, map, List.of(preimages), new Labels(title, List.of("x0", "x1"), outputs));
  }

  static Preimage point(double... x) {
    return new Preimage(List.of(exact(x)));
  }

  static Preimage hull(double[]... corners) {
    return new Preimage(Arrays.stream(corners).map(Pictures::exact).toList());
  }

  private static List<BigFraction> exact(double[] x) {
    return Arrays.stream(x).mapToObj(BigFraction::new).toList();
  }
}
