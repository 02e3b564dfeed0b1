using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Whether a body that voids cut out is held everywhere, and whether lithium comes to all of the film: looked at before
/// a run, because a piece that nothing holds has no equilibrium, and one without current only looks as if computed.
/// </summary>
public sealed class BodyCheck
{
    private readonly Case @case;
    private readonly Materials materials;
    private readonly GridShape film, stack;
    private readonly (bool X, bool Y) periodic;
    private readonly List<string> warnings = [];

    /// <summary>Looks at a body.</summary>
    /// <param name="case">Its case.</param>
    /// <param name="materials">Its materials.</param>
    /// <param name="where">Where an entry of the case stands.</param>
    /// <exception cref="InputException">A piece of it has no equilibrium.</exception>
    public BodyCheck(Case @case, Materials materials, Func<string, string> where)
    {
        (this.@case, this.materials) = (@case, materials);
        (stack, film) = (GridShape.WithLayers(@case), GridShape.Of(@case.Domain));
        var lateral = LateralFaces.Of(@case.Domain);
        periodic = (lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic);
        var isFromFile = @case.Microstructure?.Outside == OutsideKind.Void;
        if (materials.HasVoids)
            CheckBody(isFromFile ? "microstructure.outside" : "domain.hexagon", where);
        RefuseInert();
        CheckLithium(where);
    }

    /// <summary>What is allowed and probably not meant, one line each.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>Pieces of the body that do not touch by faces of cells.</summary>
    public int Count { get; private set; } = 1;

    private bool HasCurrent => ProtocolStep.InOrder(@case.Protocol)
        .Any(p => p.Step.Hold is not null || (p.Step.Plate ?? p.Step.Strip) is { Current: > 0 });

    /// <summary>Refuses what can be seen to be impossible: no room for lithium, or no side for the current.</summary>
    private void RefuseInert()
    {
        const string plate = "(on_saturation: plate lets lithium metal grow on it)";
        var (all, plane) = (materials.Phase.Length, film.Cells.X * film.Cells.Y);
        if (@case.OnSaturation == SaturationRule.Plate)
            return;
        if (!Enumerable.Range(0, all).Any(materials.Holds))
            throw new InputException($"regions: no cell is left that lithium can be in; phase 0 is the film {plate}");
        if (HasCurrent && !Enumerable.Range(all - plane, plane).Any(materials.Holds))
            throw new InputException(
                $"regions: the SE side is inert, so the current of the protocol has nowhere to go {plate}");
    }

    private void CheckBody(string path, Func<string, string> where)
    {
        var pieces = new Pieces(film, periodic.X, periodic.Y, cell => materials.Phase[cell] != Materials.VoidPhase);
        Count = pieces.All.Count;
        if (Count == 1)
            return;
        var start = $"{where(path)}: {path}: void cuts the body in {Count:N0} pieces";
        var standing = pieces.InPlane(0);
        Piece[] apart = [.. pieces.All.Where(piece => !standing.Contains(piece.Number))];
        if (@case.Coupling == Coupling.None)
        {
            if (apart.Length > 0)
                warnings.Add($"{start}; {Number(apart.Length, "does", "do")} not touch the collector (z = 0): "
                    + pieces.Describe(apart));
            return;
        }
        var (held, byEdges) = Held(pieces, standing);
        Piece[] loose = [.. pieces.All.Where(piece => !held.Contains(piece.Number))];
        if (loose.Length > 0)
            throw new InputException($"{start}; nothing holds {loose.Length:N0} of them, which {Reach(pieces, loose)}: "
                + $"{pieces.Describe(loose)}; join them to the rest or give them the grain id 0");
        if (byEdges.Count == 0)
            return;
        Piece[] hanging = [.. pieces.All.Where(piece => byEdges.Contains(piece.Number))];
        warnings.Add($"{start}; {Number(hanging.Length, "hangs", "hang")} on the rest by edges or corners of cells "
            + $"alone, where stress is not to be trusted: {pieces.Describe(hanging)}");
    }

    private static string Number(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";

    /// <summary>What pieces that nothing holds touch, in words.</summary>
    private string Reach(Pieces pieces, IReadOnlyCollection<Piece> loose)
    {
        var top = pieces.InPlane(film.Cells.Z - 1);
        var one = loose.Count == 1;
        var far = loose.All(piece => top.Contains(piece.Number))
            ? $"{(one ? "touches" : "touch")} the electrolyte but not the collector (z = 0)"
            : $"{(one ? "does" : "do")} not touch the collector (z = 0)";
        return CommonNodes(pieces, [.. pieces.All.Except(loose).Select(piece => piece.Number)]).Count == 0
            ? far
            : $"{far} and {(one ? "turns" : "turn")} freely about edges or corners of cells";
    }

    /// <summary>
    /// Pieces that the collector holds: those that stand on it, those that a meshed layer or common nodes join to them.
    /// </summary>
    private (HashSet<int> Held, HashSet<int> ByEdges) Held(Pieces pieces, HashSet<int> standing)
    {
        HashSet<int> held = [.. standing], byEdges = [];
        var under = stack.Layers.Above > 0 ? pieces.InPlane(film.Cells.Z - 1) : [];
        for (var before = -1; before != held.Count;)
        {
            before = held.Count;
            if (held.Overlaps(under))
                held.UnionWith(under);
            foreach (var (piece, nodes) in CommonNodes(pieces, held))
            {
                if (!Fix(nodes))
                    continue;
                held.Add(piece);
                byEdges.Add(piece);
            }
        }
        return (held, byEdges);
    }

    /// <summary>Nodes that pieces have in common with those that are held, by their indices.</summary>
    private Dictionary<int, HashSet<(int X, int Y, int Z)>> CommonNodes(Pieces pieces, HashSet<int> held)
    {
        Dictionary<int, HashSet<(int X, int Y, int Z)>> found = [];
        for (var cell = 0; cell < pieces.Of.Length; cell++)
        {
            if (pieces.Of[cell] == Pieces.None || held.Contains(pieces.Of[cell]))
                continue;
            var plane = film.Cells.X * film.Cells.Y;
            var (x, y, z) = (cell % film.Cells.X, cell % plane / film.Cells.X, cell / plane);
            // A corner of the cell is common if a held piece has one of the cells about it.
            for (var corner = 0; corner < 8; corner++)
            {
                var (cx, cy, cz) = (corner & 1, film.Has(1) ? corner >> 1 & 1 : 0, corner >> 2);
                var isDouble = !film.Has(1) && (corner >> 1 & 1) == 1;
                if (isDouble || !AboutCorner(pieces, cell, cx, cy, cz).Any(held.Contains))
                    continue;
                if (!found.TryGetValue(pieces.Of[cell], out var nodes))
                    found[pieces.Of[cell]] = nodes = [];
                nodes.Add((x + cx, y + cy, z + cz));
            }
        }
        return found;
    }

    /// <summary>Pieces of the cells about a corner of a cell.</summary>
    private IEnumerable<int> AboutCorner(Pieces pieces, int cell, int cx, int cy, int cz)
    {
        for (var dz = cz - 1; dz <= cz; dz++)
            for (var dy = film.Has(1) ? cy - 1 : 0; dy <= (film.Has(1) ? cy : 0); dy++)
                for (var dx = film.Has(0) ? cx - 1 : 0; dx <= (film.Has(0) ? cx : 0); dx++)
                    if (pieces.Neighbour(cell, dx, dy, dz) is var other and >= 0 && pieces.Of[other] != Pieces.None)
                        yield return pieces.Of[other];
    }

    /// <summary>
    /// Whether common nodes leave no rigid motion: in space three that are not on a line, in plane strain two, with
    /// rotational symmetry one.
    /// </summary>
    private bool Fix(HashSet<(int X, int Y, int Z)> nodes)
    {
        if (film.Kind != DomainKind.ThreeD)
            return nodes.Count >= (film.Kind == DomainKind.PlaneStrain ? 2 : 1);
        var (a, far) = (nodes.First(), nodes.Last());
        var (ux, uy, uz) = (far.X - a.X, far.Y - a.Y, far.Z - a.Z);
        return nodes.Any(b =>
        {
            var (vx, vy, vz) = (b.X - a.X, b.Y - a.Y, b.Z - a.Z);
            return uy * vz != uz * vy || uz * vx != ux * vz || ux * vy != uy * vx;
        });
    }

    /// <summary>
    /// Warns of film that no current reaches, because voids, inert material or closed grain boundaries lie between it
    /// and the electrolyte.
    /// </summary>
    private void CheckLithium(Func<string, string> where)
    {
        var boundaries = @case.Microstructure?.Boundaries;
        var closed = boundaries is not null
            && (boundaries.Permeability == 0 || boundaries.Pairs.Any(pair => pair.Permeability == 0));
        if (!HasCurrent || (!closed && Enumerable.Range(0, materials.Phase.Length).All(materials.Holds)))
            return;
        bool Passes(int a, int b)
        {
            var (one, other) = (materials.GrainAt(a), materials.GrainAt(b));
            if (one == other || one == 0 || other == 0)
                return true;
            var grains = @case.Microstructure!;
            return boundaries!.Between(grains.ClassOf(one), grains.ClassOf(other)).Permeability != 0;
        }
        var pieces = new Pieces(film, periodic.X, periodic.Y, materials.Holds, closed ? Passes : null);
        var fed = pieces.InPlane(film.Cells.Z - 1);
        Piece[] cut = [.. pieces.All.Where(piece => !fed.Contains(piece.Number))];
        if (cut.Length == 0 || fed.Count == 0)
            return;
        var path = materials.HasVoids || closed ? "microstructure" : "regions";
        var what = cut.Length == 1 ? "a piece" : $"{cut.Length:N0} pieces";
        var between = materials.HasVoids ? "void or what lithium does not pass" : "what lithium does not pass";
        warnings.Add($"{where(path)}: {path}: no current reaches {what} of the film, which {between} separates from "
            + $"the electrolyte: {pieces.Describe(cut)}; the lithium there stays as it is at the start");
    }
}
