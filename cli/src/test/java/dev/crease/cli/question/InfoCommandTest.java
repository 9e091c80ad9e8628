package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crease.cli.CommandRun;
import dev.crease.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code crease info}: what became of each node of a graph. */
class InfoCommandTest {

  @TempDir private Path folder;

  private static ValueInfoProto value(String name, int... dims) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber());
    for (int dim : dims) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(dim);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorProto ones(String name, int... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
    int count = 1;
    for (int dim : dims) {
      tensor.addDims(dim);
      count *= dim;
    }
    return tensor.addAllFloatData(Collections.nCopies(count, 1f)).build();
  }

  private static NodeProto.Builder node(String op, String output, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).addOutput(output);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }

  private static AttributeProto square(String name, long size) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addInts(size)
        .addInts(size)
        .build();
  }

  /** A picture of some pixels through Conv, Add, an activation, MaxPool, Flatten and Gemm. */
  private String picture(int size, String activation) throws IOException {
    int pooled = (size - 1) / 2;
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(value("x", 1, 1, size, size))
            .addOutput(value("y", 1, 2))
            .addInitializer(ones("kernel", 2, 1, 2, 2))
            .addInitializer(ones("bias", 1))
            .addInitializer(ones("w", 2 * pooled * pooled, 2))
            .addNode(node("Conv", "a", "x", "kernel").setName("conv1"))
            .addNode(node("Add", "b", "a", "bias"))
            .addNode(node("Add", "c", "b", "bias"))
            .addNode(node(activation, "d", "c"))
            .addNode(
                node("MaxPool", "e", "d")
                    .setName("pool")
                    .addAttribute(square("kernel_shape", 2))
                    .addAttribute(square("strides", 2)))
            .addNode(node("Flatten", "f", "e"))
            .addNode(node("Gemm", "y", "f", "w"));
    byte[] model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray();
    return Files.write(folder.resolve("net.onnx"), model).toString();
  }

  @Test
  void eachLayerNamesItsNodes() throws IOException {
    CommandRun run = CommandRun.of("info", picture(5, "Relu"));
    assertEquals(
        """
        net: 25-32-32-16-2
          inputs 25, outputs 2, ReLUs 56
          network hash HASH
          operators Conv, Add 2, Relu (32 ReLUs), MaxPool (24 ReLUs), Flatten, Gemm
          layer 25 -> 32, ReLU: Conv, Add 2, Relu
          layer 32 -> 32, ReLU on 16 of 32: MaxPool
          layer 32 -> 16, ReLU on 8 of 16: MaxPool
          layer 16 -> 8, linear: MaxPool, Flatten
          layer 8 -> 2, linear: Gemm
          weights 2480, 89.7 % of them zero
          slow: with 25 inputs trees or a solver must answer, regions and splitting take 6 at most; \
        --fix leaves fewer
        """,
        run.out().replaceAll("hash [0-9a-f]{64}\\b", "hash HASH"), run.err());
  }

  @Test
  void manyReluAreToldByWhatTheyAreFor() throws IOException {
    String slow = CommandRun.of("info", picture(33, "Relu")).out();
    assertTrue(slow.contains("slow: with 3584 ReLUs only small radii"), slow);
    assertTrue(slow.contains("MaxPool (1536 ReLUs)"), slow);
    String pooled = CommandRun.of("info", picture(33, "Neg")).out();
    assertTrue(
        pooled.contains("slow: with 1536 ReLUs (1536 of them for MaxPool) only small radii"),
        pooled);
  }

  @Test
  void theSameAsJson() throws IOException {
    String file = picture(5, "Relu");
    CommandRun run = CommandRun.of("info", file, "--json", "-");
    JsonNode root = new ObjectMapper().readTree(run.out());
    assertEquals("crease-info/1", root.path("schema").asText());
    assertEquals(25, root.path("inputs").asInt());
    assertEquals(56, root.path("relus").asInt());
    assertEquals(64, root.path("network").path("sha256").asText().length());
    assertEquals(5, root.path("layers").size());
    JsonNode first = root.path("layers").path(0);
    assertEquals(32, first.path("outputs").asInt());
    assertEquals(
        "[{\"operator\":\"Conv\",\"name\":\"conv1\",\"relus\":0},{\"operator\":\"Add\",\"relus\":0},"
            + "{\"operator\":\"Add\",\"relus\":0},{\"operator\":\"Relu\",\"relus\":32}]",
        first.path("nodes").toString());
    assertEquals(
        "[{\"operator\":\"MaxPool\",\"name\":\"pool\",\"relus\":16}]",
        root.path("layers").path(1).path("nodes").toString());
    assertFalse(root.has("value"));
    Path out = folder.resolve("info.json");
    CommandRun both = CommandRun.of("info", file, "--json", out.toString());
    assertTrue(both.out().startsWith("net: 25-32-32-16-2\n"), both.out());
    assertEquals(run.out(), Files.readString(out));
  }

  @Test
  void aFileOfLayersHasNoNodes() throws IOException {
    Path fold = Files.writeString(folder.resolve("fold.json"), CommandRun.FOLD);
    CommandRun run = CommandRun.of("info", fold.toString(), "--at=-2,3", "--json", "-");
    JsonNode root = new ObjectMapper().readTree(run.out());
    assertEquals("[]", root.path("layers").path(0).path("nodes").toString());
    assertEquals("[2.0,3.0]", root.path("value").path("y").toString());
    assertEquals(2, root.path("value").path("activeRelus").asInt());
    CommandRun overwrites = CommandRun.of("info", fold.toString(), "--json", fold.toString());
    assertEquals(ExitCode.BAD_INPUT, overwrites.code());
    assertEquals(1, overwrites.err().lines().count(), overwrites.err());
  }
}
