using MesoLiMg.Cli.Commands;
using MesoLiMg.Device;

namespace MesoLiMg.Tests.Devices;

public sealed class DeviceFactoryTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("host:1")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("opencl:123456789012")]
    public void An_unknown_name_is_answered_with_the_known_ones(string name)
    {
        var error = Assert.Throws<DeviceNameException>(() => DeviceFactory.Open(name, 1));
        Assert.Contains($"'{name}'", error.Message);
        Assert.Contains(DeviceFactory.Names, error.Message);
    }

    [Theory]
    [InlineData("cuda:999")]
    [InlineData("opencl:999")]
    public void A_device_that_is_not_there_is_bad_input(string name)
    {
        var error = Assert.Throws<DeviceNameException>(() => DeviceFactory.Open(name, 1));
        Assert.Contains($"'{name}'", error.Message);
    }

    [Fact]
    public void The_host_opens_with_the_threads_asked_for()
    {
        using var device = DeviceFactory.Open("Host", 3);
        Assert.StartsWith("host (3 threads", device.Name);
    }

    [Fact]
    public void Auto_always_opens_something()
    {
        using var device = DeviceFactory.Open("auto", 1);
        Assert.True(device.MemoryBytes > 0);
    }

    [Fact]
    public void The_list_begins_with_the_host_and_gives_every_other_family()
    {
        var devices = DeviceFactory.List();
        Assert.Equal("host", devices[0].Name);
        foreach (var family in new[] { "cuda", "opencl", "ilgpu-cpu" })
            Assert.Contains(devices, device => device.Name.StartsWith(family));
    }

    [Fact]
    public void A_device_without_memory_has_a_reason() =>
        Assert.All(DeviceFactory.List().Where(device => device.MemoryBytes == 0), device =>
            Assert.NotNull(device.Problem));

#if ILGPU
    [Fact]
    public void The_simulator_opens()
    {
        using var device = DeviceFactory.Open("ilgpu-cpu", 1);
        Assert.Equal("ilgpu-cpu", device.Name);
    }
#else
    [Fact]
    public void Without_ILGPU_the_answer_says_how_to_get_it() =>
        Assert.Contains("ILGPU 1.5.3",
            Assert.Throws<DeviceNameException>(() => DeviceFactory.Open("ilgpu-cpu", 1)).Message);
#endif

    [Fact]
    public void The_command_lists_the_host_and_succeeds()
    {
        var output = new StringWriter();
        Assert.Equal(0, DevicesCommand.Create().Parse([]).Invoke(new() { Output = output }));
        Assert.Contains("host (", output.ToString());
    }
}
