package dev.crease.cli.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.crease.cli.CommandRun;
import dev.crease.cli.session.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph of two inputs that ends in a Tanh: what of it is read is the user's to say. */
class FileOptionsTest {

  @TempDir private Path folder;
  private String file = "";

  private static ValueInfoProto value(String name) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.DOUBLE.getNumber());
    tensor.getShapeBuilder().addDimBuilder().setDimValue(1);
    tensor.getShapeBuilder().addDimBuilder().setDimValue(1);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static NodeProto node(String op, String input, String output) {
    return NodeProto.newBuilder().setOpType(op).addInput(input).addOutput(output).build();
  }

  /** y = tanh(concat(|u|, v)). */
  @BeforeEach
  void writeModel() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(value("u"))
            .addInput(value("v"))
            .addOutput(value("y"))
            .addNode(node("Abs", "u", "a"))
            .addNode(
                node("Concat", "a", "c").toBuilder()
                    .addInput("v")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(AttributeType.INT)
                            .setI(1)))
            .addNode(node("Tanh", "c", "y"));
    byte[] model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .setGraph(graph)
            .build()
            .toByteArray();
    file = Files.write(folder.resolve("net.onnx"), model).toString();
  }

  @Test
  void whatIsReadIsSaidAndShown() {
    CommandRun run = CommandRun.of("info", file, "--input", "v,u", "--cut-last-activation");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("inputs 2, outputs 2, ReLUs 1"), run.out());
    assertTrue(run.out().contains("operators Abs (1 ReLU), Concat, Tanh"), run.out());
    assertTrue(run.out().contains("layer 2 -> 3, ReLU on 1 of 3: Abs\n"), run.out());
    assertTrue(run.out().contains("note: the network's inputs are those of the graph's 'v', 'u'"));
    assertTrue(run.out().contains("(Tanh): the network is read up to it"), run.out());
    CommandRun within =
        CommandRun.of("info", file, "--input", "u,v", "--output", "c", "--at", "-2,3");
    assertTrue(within.out().contains("f(-2, 3) = (2, 3)"), within.out() + within.err());
  }

  @Test
  void nothingIsLeftOutInSilence() {
    CommandRun several = CommandRun.of("info", file);
    assertEquals(ExitCode.BAD_INPUT, several.code());
    assertTrue(several.err().contains("--input u,v"), several.err());
    CommandRun curved = CommandRun.of("info", file, "--input", "u,v");
    assertEquals(ExitCode.BAD_INPUT, curved.code());
    assertTrue(curved.err().contains("--cut-last-activation"), curved.err());
  }

  @Test
  void anAnswerIsAuditedByTheSameFlags() {
    String certificate = folder.resolve("proof.json.gz").toString();
    String[] flags = {"--network", file, "--input", "u,v", "--cut-last-activation"};
    CommandRun radius =
        run(flags, "radius", "local", "--center", "1,0.5", "--certificate", certificate);
    assertEquals(0, radius.code(), radius.err());
    assertTrue(radius.out().contains("carries over to the model"), radius.out());
    assertTrue(radius.out().contains("exactly    1"), radius.out());
    CommandRun audit = run(flags, "audit", certificate);
    assertEquals(0, audit.code(), audit.err());
  }

  private static CommandRun run(String[] flags, String... command) {
    String[] all = new String[command.length + flags.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(flags, 0, all, command.length, flags.length);
    return CommandRun.of(all);
  }
}
